"""Flow logs are analysed.

Flow logs that only lie in a storage account are read after the damage is done. Sent to a workspace, they show who
talks to whom while it happens.

Bad, terraform:

    resource "azurerm_network_watcher_flow_log" "a" {
      name                 = "shop"
      network_watcher_name = "shop"
      resource_group_name  = "shop"
      target_resource_id   = azurerm_virtual_network.a.id
      storage_account_id   = azurerm_storage_account.a.id
      enabled              = true
      retention_policy {
        enabled = true
        days    = 90
      }
    }

Good, terraform:

    resource "azurerm_network_watcher_flow_log" "a" {
      name                 = "shop"
      network_watcher_name = "shop"
      resource_group_name  = "shop"
      target_resource_id   = azurerm_virtual_network.a.id
      storage_account_id   = azurerm_storage_account.a.id
      enabled              = true
      retention_policy {
        enabled = true
        days    = 90
      }
      traffic_analytics {
        enabled               = true
        workspace_id          = azurerm_log_analytics_workspace.a.workspace_id
        workspace_region      = "westeurope"
        workspace_resource_id = azurerm_log_analytics_workspace.a.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.watching import FlowLog


def faults(model: FlowLog) -> Iterator[Fault]:
    """Flow logs are analysed."""
    if model.analysed is False:
        yield Fault(path="analysed", found="it is not analysed", want=_QUESTION)


_QUESTION = Decision("which workspace should it go to?")


CONTROL = Control(
    id="analysed-flow-logs",
    title="Flow logs are analysed",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("analysed",),
    references=(
        cis_azure("5.1.6"),
        terraform("azurerm/r/network_watcher_flow_log"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FlowLog",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
