"""Identities are lent one by one.

Who has these roles on a project can act as every service account of it, also those that are made tomorrow.

Bad, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/iam.serviceAccountTokenCreator"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }

Good, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/logging.logWriter"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.policy import Reach, RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """Nobody may act as every service account of a project."""
    if model.reach is not Reach.RESOURCE and model.role in _ROLES:
        yield Fault(path="role", found=f"{model.role} lends every identity of it", want=_QUESTION)


_ROLES = frozenset({"roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"})
_QUESTION = Decision("for which service account is it needed? give it there")


CONTROL = Control(
    id="bounded-impersonation",
    title="Identities are lent one by one",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("role",),
    references=(
        cis_gcp("1.6"),
        cwe(269),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
