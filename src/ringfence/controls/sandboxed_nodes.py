"""Untrusted workloads run in a sandbox.

A container shares the kernel with its node. In a sandbox it has a kernel of its own, and escapes only into that.

Bad, terraform:

    resource "google_container_node_pool" "guests" {
      cluster = "main"

      node_config {
        image_type = "COS_CONTAINERD"
      }
    }

Good, terraform:

    resource "google_container_node_pool" "guests" {
      cluster = "main"

      node_config {
        image_type = "COS_CONTAINERD"

        sandbox_config {
          sandbox_type = "gvisor"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Untrusted workloads run in a sandbox."""
    if model.sandboxed is False:
        yield Fault(path="sandboxed", found="its containers share the node's kernel", want=_QUESTION)


_QUESTION = Decision("does it run untrusted code? then it needs a new pool with a sandbox")


CONTROL = Control(
    id="sandboxed-nodes",
    title="Untrusted workloads run in a sandbox",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("sandboxed",),
    references=(
        cis_gke("5.10.3"),
        terraform("google/r/container_node_pool"),
        cwe(653),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.CIS}),
)
