"""The legacy dashboard of clusters is off.

The dashboard acts with broad rights of its own, and has been the way into other people's clusters.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      addon_profile {
        kube_dashboard {
          enabled = true
        }
      }
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      addon_profile {
        kube_dashboard {
          enabled = false
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import kubernetes, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """The legacy dashboard of clusters is off."""
    if model.dashboard:
        yield Fault(path="dashboard", found="the legacy dashboard is on", want=False)


CONTROL = Control(
    id="no-cluster-dashboard",
    title="The legacy dashboard of clusters is off",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("dashboard",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        kubernetes("tasks/access-application-cluster/web-ui-dashboard"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
