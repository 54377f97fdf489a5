"""Clusters are monitored.

Attacks and failures show up in the metrics first.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name               = "main"
      location           = "europe-west3"
      monitoring_service = "none"
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name               = "main"
      location           = "europe-west3"
      monitoring_service = "monitoring.googleapis.com/kubernetes"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters are monitored."""
    if model.monitoring is False:
        yield Fault(path="monitoring", found="health monitoring is off", want=_QUESTION)


_QUESTION = Decision("what should it be monitored by?")


CONTROL = Control(
    id="cluster-monitoring",
    title="Clusters are monitored",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("monitoring",),
    references=(
        cis_gke("5.7.1"),
        terraform("google/r/container_cluster"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
