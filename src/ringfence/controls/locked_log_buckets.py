"""Logs cannot be deleted early.

Intruders delete the logs. A locked retention period applies to administrators too.

Bad, terraform:

    resource "google_storage_bucket" "a" {
      name     = "shop-logs"
      location = "EU"
    }

    resource "google_logging_project_sink" "a" {
      name        = "all"
      destination = "storage.googleapis.com/${google_storage_bucket.a.name}"
    }

Good, terraform:

    resource "google_storage_bucket" "a" {
      name     = "shop-logs"
      location = "EU"

      retention_policy {
        is_locked        = true
        retention_period = 31536000
      }
    }

    resource "google_logging_project_sink" "a" {
      name        = "all"
      destination = "storage.googleapis.com/${google_storage_bucket.a.name}"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Logs cannot be deleted early."""
    if model.retained is False:
        yield Fault(path="retained", found="logs in it can be deleted", want=_QUESTION)


_QUESTION = Decision("how long should the logs be kept? a locked time cannot be shortened")


CONTROL = Control(
    id="locked-log-buckets",
    title="Logs cannot be deleted early",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retained",),
    references=(
        cis_gcp("2.3"),
        terraform("google/r/storage_bucket"),
        cwe(779),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
