"""Networks have DDoS protection.

The paid plan learns what traffic is normal, and keeps the rest out before it reaches the network. One plan covers
many networks.

Bad, terraform:

    resource "azurerm_virtual_network" "a" {
      name          = "shop"
      address_space = ["10.0.0.0/16"]
    }

Good, terraform:

    resource "azurerm_virtual_network" "a" {
      name          = "shop"
      address_space = ["10.0.0.0/16"]

      ddos_protection_plan {
        id     = azurerm_network_ddos_protection_plan.main.id
        enable = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.guarding import NetworkGuard


def faults(model: NetworkGuard) -> Iterator[Fault]:
    """Networks have DDoS protection."""
    if model.flood_protected is False:
        yield Fault(path="flood_protected", found="it has no DDoS protection", want=_QUESTION)


_QUESTION = Decision("which protection plan should it have?")


CONTROL = Control(
    id="flood-protected-networks",
    title="Networks have DDoS protection",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("flood_protected",),
    references=(
        terraform("azurerm/r/virtual_network"),
        cwe(400),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NetworkGuard",),
    standards=frozenset({Standard.DEFAULT}),
)
