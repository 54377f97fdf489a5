"""Roles are given to named members.

allUsers is everybody; allAuthenticatedUsers is everybody with any Google account. Neither is a group of yours.

Bad, terraform:

    resource "google_storage_bucket_iam_member" "all" {
      bucket = "images"
      role   = "roles/storage.objectViewer"
      member = "allUsers"
    }

Good, terraform:

    resource "google_storage_bucket_iam_member" "all" {
      bucket = "images"
      role   = "roles/storage.objectViewer"
      member = "group:shop@example.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.policy import RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """Nothing is given to everybody."""
    for index, member in enumerate(model.members):
        if member.lower() in ("allusers", "allauthenticatedusers"):
            yield Fault(path=f"members[{index}]", found=f"{member} gets {model.role or 'a role'}", want=_QUESTION)


_QUESTION = Decision("who needs access?")


CONTROL = Control(
    id="no-public-bindings",
    title="Roles are given to named members",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("members",),
    references=(
        cis_gcp("1.9"),
        cis_gcp("5.1"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
