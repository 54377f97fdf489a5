"""Clusters have labels.

Anybody who finds a cluster that misbehaves must be able to find its owner.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      resource_labels = {
        team = "shop"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters have labels."""
    if model.labelled is False:
        yield Fault(path="labelled", found="it has no labels", want=_QUESTION)


_QUESTION = Decision("who owns it, and what is it for? add labels")


CONTROL = Control(
    id="labelled-clusters",
    title="Clusters have labels",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("labelled",),
    references=(
        terraform("google/r/container_cluster"),
        cwe(1059),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
