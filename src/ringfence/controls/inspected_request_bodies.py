"""Web firewalls inspect request bodies.

Attacks arrive in forms and uploads more often than in addresses. A web firewall that reads only the head of a request
lets them pass.

Bad, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"

      policy_settings {
        mode               = "Prevention"
        request_body_check = false
      }
    }

Good, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"

      policy_settings {
        mode               = "Prevention"
        request_body_check = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebFirewall


def faults(model: WebFirewall) -> Iterator[Fault]:
    """Web firewalls inspect request bodies."""
    if model.bodies is False:
        yield Fault(path="bodies", found="it does not look into request bodies", want=True)


CONTROL = Control(
    id="inspected-request-bodies",
    title="Web firewalls inspect request bodies",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("bodies",),
    references=(
        terraform("azurerm/r/web_application_firewall_policy"),
        cis_azure("7.14", "5.0.0"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
