"""Datasets are encrypted with a customer-managed key.

Whoever controls the key decides who can read the data, and can revoke that.

Bad, terraform:

    resource "google_bigquery_dataset" "a" {
      dataset_id = "orders"
      location   = "EU"
    }

Good, terraform:

    resource "google_bigquery_dataset" "a" {
      dataset_id = "orders"
      location   = "EU"

      default_encryption_configuration {
        kms_key_name = google_kms_crypto_key.orders.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.analytics import Dataset


def faults(model: Dataset) -> Iterator[Fault]:
    """Datasets are encrypted with a customer-managed key."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-datasets",
    title="Datasets are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        cis_gcp("7.3"),
        cis_gcp("7.2"),
        terraform("google/r/bigquery_dataset"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Dataset",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
