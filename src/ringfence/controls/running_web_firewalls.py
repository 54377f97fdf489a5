"""Web firewalls are on.

A firewall that is off still looks like one.

Bad, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name = "shop"

      policy_settings {
        enabled = false
      }
    }

Good, terraform:

    resource "azurerm_web_application_firewall_policy" "a" {
      name = "shop"

      policy_settings {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebFirewall


def faults(model: WebFirewall) -> Iterator[Fault]:
    """Web firewalls are on."""
    if model.enabled is False:
        yield Fault(path="enabled", found="it is off", want=True)


CONTROL = Control(
    id="running-web-firewalls",
    title="Web firewalls are on",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        terraform("azurerm/r/web_application_firewall_policy"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
