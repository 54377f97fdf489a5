"""A network has two DNS servers.

When the only DNS server is down, nothing on the network can find anything.

Bad, terraform:

    resource "azurerm_virtual_network" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      address_space       = ["10.20.0.0/16"]
      dns_servers         = ["10.20.0.4"]
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

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.guarding import NetworkNames


def faults(model: NetworkNames) -> Iterator[Fault]:
    """A network has two DNS servers."""
    if len(model.servers) == 1:
        yield Fault(path="servers", found="it has only one DNS server", want=_QUESTION)


_QUESTION = Decision("which second DNS server should answer?")


CONTROL = Control(
    id="paired-name-servers",
    title="A network has two DNS servers",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("servers",),
    references=(
        terraform("azurerm/r/virtual_network"),
        cwe(654),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NetworkNames",),
    standards=frozenset({Standard.DEFAULT}),
)
