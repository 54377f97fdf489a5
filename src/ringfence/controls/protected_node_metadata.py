"""Pods cannot read their node's identity.

The metadata service gives the node's credentials to any pod that asks: a single pod that fetches URLs on behalf of
others is enough.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        workload_metadata_config {
          mode = "GCE_METADATA"
        }
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        workload_metadata_config {
          mode = "GKE_METADATA"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Pods cannot read their node's identity."""
    if model.metadata_protected is False:
        yield Fault(path="metadata_protected", found="pods can read their node's identity", want=_QUESTION)


_QUESTION = Decision("set the mode to GKE_METADATA, and give pods identities of their own")


CONTROL = Control(
    id="protected-node-metadata",
    title="Pods cannot read their node's identity",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("metadata_protected",),
    references=(
        cis_gke("5.4.2"),
        terraform("google/r/container_node_pool"),
        cwe(522),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
