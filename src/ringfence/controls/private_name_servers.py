"""DNS queries stay inside your own networks.

Whoever answers DNS queries on the internet learns what a network looks up, and decides where it connects.

Bad, terraform:

    resource "azurerm_virtual_network" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      address_space       = ["10.20.0.0/16"]
      dns_servers         = ["9.9.9.9", "10.20.0.5"]
    }

Good, terraform:

    resource "azurerm_virtual_network" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      address_space       = ["10.20.0.0/16"]
      dns_servers         = ["10.20.0.4", "10.20.0.5"]
    }
"""

from collections.abc import Iterator
from ipaddress import ip_address

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.guarding import NetworkNames


def faults(model: NetworkNames) -> Iterator[Fault]:
    """DNS queries stay inside your own networks."""
    for index, server in enumerate(model.servers):
        if _is_public(server):
            yield Fault(path=f"servers[{index}]", found=f"{server} on the internet is queried", want=_QUESTION)


#: Where Azure itself answers, in every network.
_PROVIDER = "168.63.129.16"


def _is_public(server: str) -> bool:
    try:
        return ip_address(server).is_global and server != _PROVIDER
    except ValueError:
        return False


_QUESTION = Decision("which DNS servers of your own should answer?")


CONTROL = Control(
    id="private-name-servers",
    title="DNS queries stay inside your own networks",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("servers",),
    references=(
        terraform("azurerm/r/virtual_network"),
        cwe(350),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NetworkNames",),
    standards=frozenset({Standard.DEFAULT}),
)
