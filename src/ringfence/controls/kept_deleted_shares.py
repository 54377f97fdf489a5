"""Deleted file shares can be restored for a while.

Deleting a file share deletes all its files and snapshots. For some days it can then be restored.

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
      share_properties {
        retention_policy {
          days = 7
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Deleted file shares can be restored for a while."""
    if model.deleted_share_days == 0:
        yield Fault(
            path="deleted_share_days",
            found="deleted shares cannot be restored",
            want=7,
        )


CONTROL = Control(
    id="kept-deleted-shares",
    title="Deleted file shares can be restored for a while",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deleted_share_days",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT}),
)
