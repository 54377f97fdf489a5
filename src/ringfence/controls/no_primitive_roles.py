"""Roles say what they are for.

Owner and Editor may do nearly everything with nearly everything. There is a role for what is needed.

Bad, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/editor"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }

Good, terraform:

    resource "google_project_iam_member" "build" {
      project = "shop"
      role    = "roles/artifactregistry.writer"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.policy import Reach, RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """No role of a project, a folder or an organisation is one for everything."""
    if model.reach is Reach.RESOURCE:
        return
    if model.role.lower() in ("roles/owner", "roles/editor"):
        yield Fault(path="role", found=f"{model.role} may do nearly everything", want=_QUESTION)
    elif model.role.lower() == "roles/viewer":
        found = f"{model.role} may read nearly everything"
        yield Fault(path="role", found=found, want=_QUESTION, severity=Severity.LOW)


_QUESTION = Decision("which role has what is needed, and no more?")


CONTROL = Control(
    id="no-primitive-roles",
    title="Roles say what they are for",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("role",),
    references=(
        cis_gcp("1.5"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
