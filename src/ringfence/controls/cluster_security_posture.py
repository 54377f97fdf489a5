"""Clusters are scanned for dangerous configuration.

The provider compares what runs with configuration known to be dangerous, and reports it at no cost.

Bad, terraform:

    resource "google_container_cluster" "a" {
      name     = "a"
      location = "europe-west3"
    }

Good, terraform:

    resource "google_container_cluster" "a" {
      name     = "a"
      location = "europe-west3"

      security_posture_config {
        mode = "BASIC"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters are scanned for dangerous configuration."""
    if model.security_posture is False:
        yield Fault(path="security_posture", found="configuration scanning is off", want=True)


CONTROL = Control(
    id="cluster-security-posture",
    title="Clusters are scanned for dangerous configuration",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("security_posture",),
    references=(
        cis_gke("5.10.5"),
        terraform("google/r/container_cluster"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.CIS}),
)
