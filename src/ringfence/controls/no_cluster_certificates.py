"""Clusters issue no client certificates.

A certificate opens the cluster until it expires, whoever holds it.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"

      master_auth {
        client_certificate_config {
          issue_client_certificate = true
        }
      }
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"

      master_auth {
        client_certificate_config {
          issue_client_certificate = false
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters issue no client certificates."""
    if model.client_certificates:
        yield Fault(path="client_certificates", found="client certificates are accepted", want=False)


CONTROL = Control(
    id="no-cluster-certificates",
    title="Clusters issue no client certificates",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("client_certificates",),
    references=(
        cis_gke("5.8.1"),
        cwe(287),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
