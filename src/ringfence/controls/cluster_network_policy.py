"""Clusters enforce network policies.

Without an engine that enforces them, network policies are only text: every pod can reach every other pod, and its
node's metadata service.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      network_profile {
        network_plugin = "azure"
        network_policy = "calico"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters enforce network policies."""
    if model.network_policy is False:
        yield Fault(path="network_policy", found="network policies have no effect", want=_QUESTION)


_QUESTION = Decision("which engine should enforce network policies?")


CONTROL = Control(
    id="cluster-network-policy",
    title="Clusters enforce network policies",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("network_policy",),
    references=(
        cis_gke("5.6.7"),
        cwe(923),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
