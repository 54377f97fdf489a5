"""Datasets are shared with named members only.

allAuthenticatedUsers is everybody with any Google account; anybody who finds the dataset's name can read all its
tables.

Bad, terraform:

    resource "google_bigquery_dataset" "a" {
      dataset_id = "orders"
      location   = "EU"

      access {
        role          = "READER"
        special_group = "allAuthenticatedUsers"
      }
    }

Good, terraform:

    resource "google_bigquery_dataset" "a" {
      dataset_id = "orders"
      location   = "EU"

      access {
        role           = "READER"
        group_by_email = "analysts@example.com"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.analytics import Dataset


def faults(model: Dataset) -> Iterator[Fault]:
    """Nobody is let in who is everybody."""
    for index, member in enumerate(model.members):
        if member.lower() in ("allusers", "allauthenticatedusers"):
            yield Fault(path=f"members[{index}]", found=f"{member} may read it", want=_QUESTION)
        elif not member:
            yield Fault(
                path=f"members[{index}]", found="it does not say who may, which means everybody", want=_QUESTION
            )


_QUESTION = Decision("who needs access?")


CONTROL = Control(
    id="no-public-datasets",
    title="Datasets are shared with named members only",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("members",),
    references=(
        cis_gcp("7.1"),
        terraform("google/r/bigquery_dataset"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Dataset",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
