"""Tables are protected from deletion.

A schema change that cannot be made in place deletes the table with all its rows.

Bad, terraform:

    resource "google_bigquery_table" "a" {
      dataset_id          = google_bigquery_dataset.orders.dataset_id
      table_id            = "lines"
      deletion_protection = false
    }

Good, terraform:

    resource "google_bigquery_table" "a" {
      dataset_id          = google_bigquery_dataset.orders.dataset_id
      table_id            = "lines"
      deletion_protection = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.analytics import Dataset


def faults(model: Dataset) -> Iterator[Fault]:
    """Tables are protected from deletion."""
    if model.deletion_protection is False:
        yield Fault(path="deletion_protection", found="a single apply can delete it", want=True)


CONTROL = Control(
    id="deletion-protected-datasets",
    title="Tables are protected from deletion",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deletion_protection",),
    references=(
        terraform("google/r/bigquery_table"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Dataset",),
    standards=frozenset({Standard.DEFAULT}),
)
