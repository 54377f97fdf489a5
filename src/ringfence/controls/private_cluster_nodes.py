"""Cluster nodes have no public addresses.

A node with a public address can be attacked from anywhere. Behind a NAT it still reaches everything that it needs.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      private_cluster_config {
        enable_private_nodes = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe
from ringfence.models.cloud.containers import KubernetesCluster, NodePool


def faults(model: KubernetesCluster | NodePool) -> Iterator[Fault]:
    """Cluster nodes have no public addresses."""
    if isinstance(model, NodePool):
        if model.public_nodes:
            yield Fault(path="public_nodes", found="its nodes have public addresses", want=False)
        return
    if model.private_nodes is False:
        yield Fault(path="private_nodes", found="its nodes have public addresses", want=_QUESTION)


_QUESTION = Decision("nodes without public addresses need a new cluster and a NAT")


CONTROL = Control(
    id="private-cluster-nodes",
    title="Cluster nodes have no public addresses",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "private_nodes",
        "public_nodes",
    ),
    references=(
        cis_gke("5.6.5"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "KubernetesCluster",
        "NodePool",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
