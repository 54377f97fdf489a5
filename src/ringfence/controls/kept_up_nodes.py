"""Nodes are upgraded automatically.

What is not upgraded automatically is upgraded late.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      management {
        auto_repair  = true
        auto_upgrade = false
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
    """Nodes are upgraded automatically."""
    if model.upgrades is False:
        yield Fault(path="upgrades", found="they are not upgraded automatically", want=True)


CONTROL = Control(
    id="kept-up-nodes",
    title="Nodes are upgraded automatically",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("upgrades",),
    references=(
        cis_gke("5.5.3"),
        terraform("google/r/container_node_pool"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
