"""Running images are scanned for vulnerabilities.

An image that was sound when it was built has known vulnerabilities a year later, and is still running.

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
        mode               = "BASIC"
        vulnerability_mode = "VULNERABILITY_BASIC"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Running images are scanned for vulnerabilities."""
    if model.image_scans is False:
        yield Fault(path="image_scans", found="running images are not scanned for vulnerabilities", want=True)


CONTROL = Control(
    id="scanned-cluster-images",
    title="Running images are scanned for vulnerabilities",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("image_scans",),
    references=(
        cis_gke("5.1.1"),
        terraform("google/r/container_cluster"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.CIS}),
)
