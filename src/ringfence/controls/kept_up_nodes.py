"""Nodes are repaired and upgraded by themselves.

What is not upgraded by itself is upgraded late.

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
from ringfence.controls.references import cis_gke
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Nodes are repaired and upgraded by themselves."""
    if model.repairs is False:
        yield Fault(path="repairs", found="broken nodes stay", want=True)
    if model.upgrades is False:
        yield Fault(path="upgrades", found="known flaws stay open", want=True, severity=Severity.MEDIUM)


CONTROL = Control(
    id="kept-up-nodes",
    title="Nodes are repaired and upgraded by themselves",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "repairs",
        "upgrades",
    ),
    references=(
        cis_gke("5.5.2"),
        cis_gke("5.5.3"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
