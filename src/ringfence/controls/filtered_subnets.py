"""Subnets have a network security group.

Without a security group every machine on the network can reach every other one, and a public address is open on every
port.

Bad, terraform:

    resource "azurerm_subnet" "a" {
      name                 = "app"
      virtual_network_name = azurerm_virtual_network.a.name
      address_prefixes     = ["10.0.1.0/24"]
    }

Good, terraform:

    resource "azurerm_subnet" "a" {
      name                 = "app"
      virtual_network_name = azurerm_virtual_network.a.name
      address_prefixes     = ["10.0.1.0/24"]
    }

    resource "azurerm_subnet_network_security_group_association" "a" {
      subnet_id                 = azurerm_subnet.a.id
      network_security_group_id = azurerm_network_security_group.a.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.guarding import NetworkGuard


def faults(model: NetworkGuard) -> Iterator[Fault]:
    """Subnets have a network security group."""
    if model.filtered is False:
        yield Fault(path="filtered", found="it has no network security group", want=_QUESTION)


_QUESTION = Decision("which network security group should filter its traffic?")


CONTROL = Control(
    id="filtered-subnets",
    title="Subnets have a network security group",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("filtered",),
    references=(
        terraform("azurerm/r/subnet"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NetworkGuard",),
    standards=frozenset({Standard.DEFAULT}),
)
