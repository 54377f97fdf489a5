"""Data clusters are encrypted with a customer-managed key.

Whoever controls the key decides who can read the disks, and can revoke that.

Bad, terraform:

    resource "google_dataproc_cluster" "a" {
      name   = "a"
      region = "europe-west3"

      cluster_config {
        gce_cluster_config {
          internal_ip_only = true
        }
      }
    }

Good, terraform:

    resource "google_dataproc_cluster" "a" {
      name   = "a"
      region = "europe-west3"

      cluster_config {
        gce_cluster_config {
          internal_ip_only = true
        }

        encryption_config {
          kms_key_name = google_kms_crypto_key.a.id
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """Data clusters are encrypted with a customer-managed key."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-data-clusters",
    title="Data clusters are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        cis_gcp("1.17"),
        terraform("google/r/dataproc_cluster"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
