"""Nodes run a container-optimised system.

A system that contains only what containers need has less to attack.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        image_type = "UBUNTU"
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        image_type = "COS_CONTAINERD"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Nodes run a container-optimised system."""
    if model.image and not model.image.startswith("cos"):
        yield Fault(path="image", found=f"its nodes run {model.image}", want=_QUESTION)


_QUESTION = Decision("can its workloads run on COS_CONTAINERD? then use that")


CONTROL = Control(
    id="container-optimized-nodes",
    title="Nodes run a container-optimised system",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("image",),
    references=(
        cis_gke("5.5.1"),
        terraform("google/r/container_node_pool"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
