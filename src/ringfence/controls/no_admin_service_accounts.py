"""Service accounts are not administrators.

A service account has no second factor and no working hours; anybody who gets hold of one with administrator rights
has the project.

Bad, terraform:

    resource "google_project_iam_member" "a" {
      project = "shop"
      role    = "roles/compute.admin"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }

Good, terraform:

    resource "google_project_iam_member" "a" {
      project = "shop"
      role    = "roles/artifactregistry.writer"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.policy import Reach, RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """No service account administers a project, a folder or an organisation."""
    role = model.role.lower()
    if model.reach is Reach.RESOURCE or not (role in _ROLES or role.endswith("admin")):
        return
    for index, member in enumerate(model.members):
        if member.lower().startswith("serviceaccount:"):
            yield Fault(path=f"members[{index}]", found=f"a service account gets {model.role}", want=_QUESTION)


_ROLES = frozenset({"roles/owner", "roles/editor"})
_QUESTION = Decision("which narrower role is enough?")


CONTROL = Control(
    id="no-admin-service-accounts",
    title="Service accounts are not administrators",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("members",),
    references=(
        cis_gcp("1.5"),
        terraform("google/r/google_project_iam"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
