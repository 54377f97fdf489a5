"""Network firewalls block the attacks they detect.

The reports of a firewall that only alerts are read after the attack.

Bad, terraform:

    resource "azurerm_firewall_policy" "a" {
      name = "shop"
      sku  = "Premium"
    }

Good, terraform:

    resource "azurerm_firewall_policy" "a" {
      name = "shop"
      sku  = "Premium"

      intrusion_detection {
        mode = "Deny"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.guarding import NetworkFirewall


def faults(model: NetworkFirewall) -> Iterator[Fault]:
    """Network firewalls block the attacks they detect."""
    if model.intrusions not in (None, "deny"):
        yield Fault(path="intrusions", found="detected attacks are not blocked", want="deny")


CONTROL = Control(
    id="intrusions-stopped",
    title="Network firewalls block the attacks they detect",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("intrusions",),
    references=(
        terraform("azurerm/r/firewall_policy"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("NetworkFirewall",),
    standards=frozenset({Standard.DEFAULT}),
)
