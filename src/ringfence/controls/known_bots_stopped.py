"""Web firewalls stop known bots.

Bots scan every application for old vulnerabilities and try stolen passwords. The provider knows the addresses of many,
and its rule set stops them.

Bad, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"

      managed_rules {
        managed_rule_set {
          type    = "OWASP"
          version = "3.2"
        }
      }
    }

Good, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"

      managed_rules {
        managed_rule_set {
          type    = "OWASP"
          version = "3.2"
        }
        managed_rule_set {
          type    = "Microsoft_BotManagerRuleSet"
          version = "1.1"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebFirewall


def faults(model: WebFirewall) -> Iterator[Fault]:
    """Web firewalls stop known bots."""
    if model.known_bots is False:
        yield Fault(path="known_bots", found="known bots are not stopped", want=_QUESTION)


_QUESTION = Decision("does every client of yours pass the provider's rule set against bots?")


CONTROL = Control(
    id="known-bots-stopped",
    title="Web firewalls stop known bots",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("known_bots",),
    references=(
        terraform("azurerm/r/web_application_firewall_policy"),
        cis_azure("7.15", "5.0.0"),
        cwe(799),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
