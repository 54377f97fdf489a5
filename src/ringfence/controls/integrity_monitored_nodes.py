"""The boot integrity of nodes is monitored.

A measured boot reveals a modified kernel or boot loader.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        shielded_instance_config {
          enable_integrity_monitoring = false
        }
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        shielded_instance_config {
          enable_integrity_monitoring = true
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """The boot integrity of nodes is monitored."""
    if model.integrity_monitoring is False:
        yield Fault(path="integrity_monitoring", found="their boot integrity is not monitored", want=True)


CONTROL = Control(
    id="integrity-monitored-nodes",
    title="The boot integrity of nodes is monitored",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("integrity_monitoring",),
    references=(
        cis_gke("5.5.6"),
        terraform("google/r/container_node_pool"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
