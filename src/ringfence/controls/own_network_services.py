"""Service machines run in your own network.

In the provider's own network, no rule of yours controls where the service can send data.

Bad, terraform:

    resource "azurerm_databricks_workspace" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "premium"
    }

Good, terraform:

    resource "azurerm_databricks_workspace" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "premium"
      custom_parameters {
        virtual_network_id  = azurerm_virtual_network.a.id
        public_subnet_name  = "public"
        private_subnet_name = "private"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Service machines run in your own network."""
    if model.own_network is False:
        yield Fault(
            path="own_network",
            found=f"machines of the {model.kind} are in a network of the provider",
            want=_QUESTION,
        )


_QUESTION = Decision("which network should its machines be in?")


CONTROL = Control(
    id="own-network-services",
    title="Service machines run in your own network",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("own_network",),
    references=(
        terraform("azurerm/r/databricks_workspace"),
        cwe(653),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
