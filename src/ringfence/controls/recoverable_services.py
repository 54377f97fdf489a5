"""Deleted settings can be recovered.

Deleting settings stops whatever reads them. With purge protection they can be recovered for a while.

Bad, terraform:

    resource "azurerm_app_configuration" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "standard"
    }

Good, terraform:

    resource "azurerm_app_configuration" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      sku                      = "standard"
      purge_protection_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Deleted settings can be recovered."""
    if model.purge_protected is False:
        yield Fault(
            path="purge_protected", found=f"what is deleted from the {model.kind} cannot be recovered", want=True
        )


CONTROL = Control(
    id="recoverable-services",
    title="Deleted settings can be recovered",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("purge_protected",),
    references=(
        terraform("azurerm/r/app_configuration"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
