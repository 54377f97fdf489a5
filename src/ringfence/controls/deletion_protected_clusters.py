"""Clusters are protected from deletion.

When a cluster is deleted, its workloads go with it, and often their volumes.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name                = "main"
      location            = "europe-west3"
      deletion_protection = false
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name                = "main"
      location            = "europe-west3"
      deletion_protection = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters are protected from deletion."""
    if model.deletion_protection is False:
        yield Fault(path="deletion_protection", found="a single apply can delete it", want=True)


CONTROL = Control(
    id="deletion-protected-clusters",
    title="Clusters are protected from deletion",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deletion_protection",),
    references=(
        terraform("google/r/container_cluster"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
