"""Nodes use Secure Boot.

A modified boot loader or kernel sits beneath everything that could detect it.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        shielded_instance_config {
          enable_secure_boot = false
        }
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        shielded_instance_config {
          enable_secure_boot = true
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Nodes use Secure Boot."""
    if model.secure_boot is False:
        yield Fault(path="secure_boot", found="they can start unsigned kernels and drivers", want=True)


CONTROL = Control(
    id="secure-boot-nodes",
    title="Nodes use Secure Boot",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secure_boot",),
    references=(
        cis_gke("5.5.7"),
        terraform("google/r/container_node_pool"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
