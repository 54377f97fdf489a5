"""Deleted blobs can be restored for a while.

What was deleted by mistake, or by an extortionist, can be restored for as long as it is retained.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      min_tls_version          = "TLS1_2"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      blob_properties {
        delete_retention_policy {
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
    """Deleted blobs can be restored for a while."""
    if model.deleted_days is not None and model.deleted_days < _DAYS:
        yield Fault(
            path="deleted_days", found=f"deleted blobs can be restored for only {model.deleted_days} days", want=_DAYS
        )


_DAYS = 7


CONTROL = Control(
    id="kept-deleted-blobs",
    title="Deleted blobs can be restored for a while",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deleted_days",),
    references=(
        terraform("azurerm/r/storage_account"),
        cis_azure("3.11"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
