"""Managed services are encrypted twice.

A second layer, with another key and another algorithm, still holds if the first one fails.

Bad, terraform:

    resource "azurerm_databricks_workspace" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "premium"
    }

Good, terraform:

    resource "azurerm_databricks_workspace" "a" {
      name                              = "shop"
      resource_group_name               = "shop"
      location                          = "westeurope"
      sku                               = "premium"
      infrastructure_encryption_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Managed services are encrypted twice."""
    if model.double_encrypted is False:
        yield Fault(path="double_encrypted", found=f"the {model.kind} is encrypted only once", want=True)


CONTROL = Control(
    id="double-encrypted-services",
    title="Managed services are encrypted twice",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("double_encrypted",),
    references=(
        terraform("azurerm/r/databricks_workspace"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
