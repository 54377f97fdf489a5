"""Table requests are logged.

When rows leak or are changed, you must know who read and wrote them.

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
      name                       = "tables"
      target_resource_id         = "${azurerm_storage_account.a.id}/tableServices/default"
      log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id
      enabled_log {
        category_group = "audit"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Table requests are logged."""
    if model.table_logged is False:
        yield Fault(path="table_logged", found="access to its rows is not logged", want=_QUESTION)


_QUESTION = Decision("where should the logs go?")


CONTROL = Control(
    id="logged-table-requests",
    title="Table requests are logged",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("table_logged",),
    references=(
        cis_azure("3.14"),
        terraform("azurerm/r/monitor_diagnostic_setting"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
