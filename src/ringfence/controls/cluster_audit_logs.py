"""The audit log of a cluster's API server is kept.

After a break-in, only the audit log says which secrets were read and which pods were started, and by whom.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      resource_group_name = "main"
      location            = "westeurope"
      default_node_pool {
        name = "system"
      }
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      resource_group_name = "main"
      location            = "westeurope"
      default_node_pool {
        name = "system"
      }
    }

    resource "azurerm_monitor_diagnostic_setting" "a" {
      name                       = "audit"
      target_resource_id         = azurerm_kubernetes_cluster.main.id
      log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id
      enabled_log {
        category = "kube-audit-admin"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """The audit log of a cluster's API server is kept."""
    if model.audit_logged is False:
        yield Fault(path="audit_logged", found="it keeps no audit log", want=_QUESTION)


_QUESTION = Decision("where should the kube-audit-admin log go?")


CONTROL = Control(
    id="cluster-audit-logs",
    title="The audit log of a cluster's API server is kept",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("audit_logged",),
    references=(
        terraform("azurerm/r/monitor_diagnostic_setting"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
