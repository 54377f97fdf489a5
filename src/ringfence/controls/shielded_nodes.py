"""Clusters use shielded nodes.

A shielded node proves its identity when it joins: somebody who steals a node's credentials cannot impersonate it.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      enable_shielded_nodes = false
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      enable_shielded_nodes = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters use shielded nodes."""
    if model.shielded_nodes is False:
        yield Fault(path="shielded_nodes", found="nodes need not prove their identity", want=True)


CONTROL = Control(
    id="shielded-nodes",
    title="Clusters use shielded nodes",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("shielded_nodes",),
    references=(
        cis_gke("5.5.5"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
