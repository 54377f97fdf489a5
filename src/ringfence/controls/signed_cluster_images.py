"""Clusters run signed images only.

Anybody who gets into a registry, or creates one with a similar name, could bring in an image of their own.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      binary_authorization {
        evaluation_mode = "PROJECT_SINGLETON_POLICY_ENFORCE"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters run signed images only."""
    if model.binary_authorization is False:
        yield Fault(path="binary_authorization", found="unsigned images can run", want=_QUESTION)


_QUESTION = Decision("who signs the images? add binary_authorization")


CONTROL = Control(
    id="signed-cluster-images",
    title="Clusters run signed images only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("binary_authorization",),
    references=(
        cis_gke("5.10.4"),
        terraform("google/r/container_cluster"),
        cwe(345),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
