"""Network firewalls block known bad addresses.

The reports of a firewall that only alerts are read after the attack.

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
    """Network firewalls block known bad addresses."""
    if model.threats not in (None, "deny"):
        yield Fault(path="threats", found="known bad addresses are not blocked", want="deny")


CONTROL = Control(
    id="blocking-network-firewalls",
    title="Network firewalls block known bad addresses",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("threats",),
    references=(
        terraform("azurerm/r/firewall_policy"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("NetworkFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
