"""Blob requests are logged.

When data leaks, you must know which blobs were read, by whom and from where.

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
    }

    resource "azurerm_monitor_diagnostic_setting" "a" {
      name                       = "blobs"
      target_resource_id         = "${azurerm_storage_account.a.id}/blobServices/default"
      log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id
      enabled_log {
        category = "StorageRead"
      }
      enabled_log {
        category = "StorageWrite"
      }
      enabled_log {
        category = "StorageDelete"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Blob requests are logged."""
    if model.blob_logged is False:
        yield Fault(path="blob_logged", found="access to its blobs is not logged", want=_QUESTION)


_QUESTION = Decision("where should the logs go?")


CONTROL = Control(
    id="logged-blob-requests",
    title="Blob requests are logged",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("blob_logged",),
    references=(
        cis_azure("3.13"),
        terraform("azurerm/r/monitor_diagnostic_setting"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
