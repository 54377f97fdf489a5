"""Pools of nodes stand apart from their cluster.

What stands in the cluster can only be changed with all of it: to give such a pool a safer image, or an account of its
own, the whole cluster is deleted and made anew, and so nobody does.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west1"

      node_pool {
        name       = "web"
        node_count = 3
      }
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name                     = "main"
      location                 = "europe-west1"
      remove_default_node_pool = true
      initial_node_count       = 1
    }

    resource "google_container_node_pool" "web" {
      name       = "web"
      cluster    = google_container_cluster.main.id
      node_count = 3
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Pools of nodes stand apart from their cluster."""
    if model.own_pools:
        yield Fault(path="own_pools", found="its nodes cannot be changed without it", want=_QUESTION)


_QUESTION = Decision("when can the cluster be recreated, with its pools as google_container_node_pool?")


CONTROL = Control(
    id="separate-node-pools",
    title="Pools of nodes stand apart from their cluster",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("own_pools",),
    references=(
        terraform("google/r/container_cluster"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
