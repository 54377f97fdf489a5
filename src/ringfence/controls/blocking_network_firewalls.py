"""Network firewalls stop what they know to be bad.

A firewall that only reports is read after the attack.

Bad, terraform:

    resource "azurerm_firewall_policy" "a" {
      name                     = "shop"
      threat_intelligence_mode = "Alert"
    }

Good, terraform:

    resource "azurerm_firewall_policy" "a" {
      name                     = "shop"
      threat_intelligence_mode = "Deny"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.guarding import NetworkFirewall


def faults(model: NetworkFirewall) -> Iterator[Fault]:
    """Network firewalls stop what they know to be bad."""
    if model.threats not in (None, "deny"):
        yield Fault(path="threats", found="known bad addresses get through", want="deny")
    if model.intrusions not in (None, "deny"):
        yield Fault(path="intrusions", found="attacks that it sees get through", want="deny")


CONTROL = Control(
    id="blocking-network-firewalls",
    title="Network firewalls stop what they know to be bad",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "intrusions",
        "threats",
    ),
    references=(
        terraform("azurerm/r/firewall_policy"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("NetworkFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
