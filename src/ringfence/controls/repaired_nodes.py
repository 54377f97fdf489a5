"""Nodes are repaired automatically.

Otherwise a broken node stays in the cluster, and what should run on it does not.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      management {
        auto_repair  = false
        auto_upgrade = true
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      management {
        auto_repair  = true
        auto_upgrade = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Nodes are repaired automatically."""
    if model.repairs is False:
        yield Fault(path="repairs", found="broken nodes are not repaired", want=True)


CONTROL = Control(
    id="repaired-nodes",
    title="Nodes are repaired automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("repairs",),
    references=(
        cis_gke("5.5.2"),
        terraform("google/r/container_node_pool"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
