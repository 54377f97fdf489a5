"""Permissions are set on buckets, not on single objects.

If each object has its own access list, nobody knows which ones are public.

Bad, terraform:

    resource "google_storage_bucket" "a" {
      name     = "images"
      location = "EU"
    }

Good, terraform:

    resource "google_storage_bucket" "a" {
      name     = "images"
      location = "EU"
      uniform_bucket_level_access = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Permissions are set on buckets, not on single objects."""
    if model.uniform_access is False:
        yield Fault(path="uniform_access", found="single objects can be made public", want=True)


CONTROL = Control(
    id="uniform-bucket-access",
    title="Permissions are set on buckets, not on single objects",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("uniform_access",),
    references=(
        cis_gcp("5.2"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
