"""Default service accounts get no roles.

Anything that names no identity runs as the default one: every machine and function of the project gets whatever it is
granted.

Bad, terraform:

    resource "google_project_iam_member" "a" {
      project = "shop"
      role    = "roles/storage.admin"
      member  = "serviceAccount:123456789012-compute@developer.gserviceaccount.com"
    }

Good, terraform:

    resource "google_project_iam_member" "a" {
      project = "shop"
      role    = "roles/storage.objectViewer"
      member  = "serviceAccount:build@shop.iam.gserviceaccount.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.policy import Reach, RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """No role of a project, a folder or an organisation is a default identity's."""
    if model.reach is Reach.RESOURCE:
        return
    for index, member in enumerate(model.members):
        if member.lower().endswith(_DEFAULTS):
            yield Fault(path=f"members[{index}]", found="a default service account gets a role", want=_QUESTION)


_DEFAULTS = ("-compute@developer.gserviceaccount.com", "@appspot.gserviceaccount.com")
_QUESTION = Decision("which service account of its own should have the role?")


CONTROL = Control(
    id="no-default-service-accounts",
    title="Default service accounts get no roles",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("members",),
    references=(
        cis_gcp("4.1"),
        terraform("google/r/google_project_iam"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
