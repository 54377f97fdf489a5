"""Deleted containers can be restored for a while.

Deleting a container deletes all its blobs at once. For some days it can then be restored.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      blob_properties {
        container_delete_retention_policy {
          days = 7
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Deleted containers can be restored for a while."""
    if model.deleted_container_days is not None and model.deleted_container_days < _DAYS:
        yield Fault(
            path="deleted_container_days",
            found=f"deleted containers can be restored for only {model.deleted_container_days} days",
            want=_DAYS,
        )


_DAYS = 7


CONTROL = Control(
    id="kept-deleted-containers",
    title="Deleted containers can be restored for a while",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deleted_container_days",),
    references=(
        cis_azure("3.11"),
        terraform("azurerm/r/storage_account"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
