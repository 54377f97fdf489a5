"""Roles are given to accounts of the organisation.

A personal mail account has no owner in the organisation: nobody enforces a second factor on it, and nobody closes it.

Bad, terraform:

    resource "google_project_iam_member" "a" {
      project = "shop"
      role    = "roles/viewer"
      member  = "user:ann@gmail.com"
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
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.policy import RoleBinding


def faults(model: RoleBinding) -> Iterator[Fault]:
    """Nobody has an account of a mail provider."""
    for index, member in enumerate(model.members):
        if member.lower().startswith("user:") and member.lower().endswith(_PROVIDERS):
            yield Fault(path=f"members[{index}]", found="this is a personal account", want=_QUESTION)


_PROVIDERS = (
    "@gmail.com",
    "@googlemail.com",
    "@hotmail.com",
    "@icloud.com",
    "@outlook.com",
    "@proton.me",
    "@yahoo.com",
)
_QUESTION = Decision("which account of your organisation should get the role?")


CONTROL = Control(
    id="no-personal-accounts",
    title="Roles are given to accounts of the organisation",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("members",),
    references=(
        cis_gcp("1.1"),
        terraform("google/r/google_project_iam"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RoleBinding",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
