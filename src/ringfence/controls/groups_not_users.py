"""Roles are given to groups, not to individuals.

Roles of individuals are forgotten when they leave or change jobs. A group has an owner who keeps track.

Bad, terraform:

    resource "google_project_iam_member" "a" {
      project = "shop"
      role    = "roles/viewer"
      member  = "user:ann@example.com"
    }

Good, terraform:

    resource "google_project_iam_member" "a" {
      project = "shop"
      role    = "roles/viewer"
      member  = "group:operators@example.com"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.policy import RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """No role is a single person's."""
    for index, member in enumerate(model.members):
        if member.lower().startswith("user:"):
            yield Fault(path=f"members[{index}]", found="an individual gets a role", want=_QUESTION)


_QUESTION = Decision("which group should get the role?")


CONTROL = Control(
    id="groups-not-users",
    title="Roles are given to groups, not to individuals",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("members",),
    references=(
        terraform("google/r/google_project_iam"),
        cwe(1059),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT}),
)
