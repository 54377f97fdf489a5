"""Legacy metadata endpoints of nodes are off.

The legacy endpoints answer requests that a pod was tricked into sending.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        metadata = {
          disable-legacy-endpoints = "false"
        }
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        metadata = {
          disable-legacy-endpoints = "true"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Legacy metadata endpoints of nodes are off."""
    if model.legacy_metadata:
        yield Fault(
            path="legacy_metadata",
            found="the legacy metadata endpoints answer without the required header",
            want=_QUESTION,
        )


_QUESTION = Decision("set disable-legacy-endpoints to true")


CONTROL = Control(
    id="no-legacy-node-metadata",
    title="Legacy metadata endpoints of nodes are off",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("legacy_metadata",),
    references=(
        cis_gke("5.4.1"),
        terraform("google/r/container_node_pool"),
        cwe(918),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
