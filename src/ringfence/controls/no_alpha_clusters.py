"""Clusters do not use alpha features.

Alpha clusters are unsupported, never upgraded, and deleted after 30 days.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name                    = "main"
      location                = "europe-west3"
      enable_kubernetes_alpha = true
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name                    = "main"
      location                = "europe-west3"
      enable_kubernetes_alpha = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters do not use alpha features."""
    if model.alpha:
        yield Fault(path="alpha", found="alpha features are on", want=_QUESTION)


_QUESTION = Decision("this needs a new cluster")


CONTROL = Control(
    id="no-alpha-clusters",
    title="Clusters do not use alpha features",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("alpha",),
    references=(
        cis_gke("5.10.2"),
        terraform("google/r/container_cluster"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
