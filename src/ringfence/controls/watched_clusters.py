"""Clusters have threat detection.

An intruder in a container moves on within minutes. A sensor in the cluster that can tell containers apart notices.

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
      microsoft_defender {
        log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters have threat detection."""
    if model.threat_detection is False:
        yield Fault(path="threat_detection", found="threat detection is off", want=_QUESTION)


_QUESTION = Decision("which workspace should the findings go to?")


CONTROL = Control(
    id="watched-clusters",
    title="Clusters have threat detection",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("threat_detection",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
