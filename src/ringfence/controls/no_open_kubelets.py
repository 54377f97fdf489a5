"""The read-only port of kubelets is off.

It answers everybody in the network without a login: which pods run on a node, from which images, and with which
settings.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        kubelet_config {
          insecure_kubelet_readonly_port_enabled = "TRUE"
        }
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        kubelet_config {
          insecure_kubelet_readonly_port_enabled = "FALSE"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster, NodePool


def faults(model: KubernetesCluster | NodePool) -> Iterator[Fault]:
    """The read-only port of kubelets is off."""
    if model.open_kubelets:
        yield Fault(path="open_kubelets", found="their kubelets answer without a login", want=False)


CONTROL = Control(
    id="no-open-kubelets",
    title="The read-only port of kubelets is off",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("open_kubelets",),
    references=(
        terraform("google/r/container_node_pool"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster", "NodePool"),
    standards=frozenset({Standard.DEFAULT}),
)
