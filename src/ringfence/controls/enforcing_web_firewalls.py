"""Web firewalls block what they detect.

A firewall that only counts lets the attack through, and its counts are read later.

Bad, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name = "shop"

      policy_settings {
        mode = "Detection"
      }
    }

Good, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name = "shop"

      policy_settings {
        mode = "Prevention"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebFirewall


def faults(model: WebFirewall) -> Iterator[Fault]:
    """Web firewalls block what they detect."""
    if model.blocks is False:
        yield Fault(path="blocks", found="it counts attacks but does not block them", want=True)


CONTROL = Control(
    id="enforcing-web-firewalls",
    title="Web firewalls block what they detect",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("blocks",),
    references=(
        terraform("azurerm/r/web_application_firewall_policy"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
