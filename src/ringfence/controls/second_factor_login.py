"""Logins to machines require a second factor.

Without one, a password, or a key on a stolen laptop, is enough.

Bad, terraform:

    resource "google_compute_project_metadata" "all" {
      metadata = {
        enable-oslogin = "TRUE"
      }
    }

Good, terraform:

    resource "google_compute_project_metadata" "all" {
      metadata = {
        enable-oslogin     = "TRUE"
        enable-oslogin-2fa = "TRUE"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.project import ProjectSettings


def faults(model: ProjectSettings) -> Iterator[Fault]:
    """Logins to machines require a second factor."""
    if model.second_factor is False:
        yield Fault(path="second_factor", found="a password or key alone is enough to log in", want=_QUESTION)


_QUESTION = Decision("set enable-oslogin-2fa to true, once everybody has a second factor")


CONTROL = Control(
    id="second-factor-login",
    title="Logins to machines require a second factor",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("second_factor",),
    references=(
        terraform("google/r/compute_project_metadata"),
        cwe(308),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ProjectSettings",),
    standards=frozenset({Standard.DEFAULT}),
)
