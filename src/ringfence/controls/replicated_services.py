"""Managed services have more than one replica.

A service with a single replica is down during updates and whenever its machine fails.

Bad, terraform:

    resource "azurerm_search_service" "a" {
      name                          = "shop"
      resource_group_name           = "shop"
      location                      = "westeurope"
      sku                           = "standard"
      public_network_access_enabled = false
    }

Good, terraform:

    resource "azurerm_search_service" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "standard"
      replica_count       = 2
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Managed services have more than one replica."""
    if model.replicated is False:
        yield Fault(path="replicated", found=f"the {model.kind} has a single replica", want=True)


CONTROL = Control(
    id="replicated-services",
    title="Managed services have more than one replica",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("replicated",),
    references=(
        terraform("azurerm/r/search_service"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
