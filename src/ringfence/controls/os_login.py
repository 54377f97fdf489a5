"""Machines use OS Login.

SSH keys in metadata belong to nobody, and remain when people leave. Cloud identities have permissions that can be
revoked, and a second factor.

Bad, terraform:

    resource "google_compute_project_metadata" "a" {
      metadata = {
        enable-oslogin = "FALSE"
      }
    }

Good, terraform:

    resource "google_compute_project_metadata" "a" {
      metadata = {
        enable-oslogin = "TRUE"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.compute import Machine
from ringfence.models.cloud.project import ProjectSettings


def faults(model: Machine | ProjectSettings) -> Iterator[Fault]:
    """Machines use OS Login."""
    if model.os_login is False:
        yield Fault(path="os_login", found="SSH keys in metadata are accepted", want=_QUESTION)


_QUESTION = Decision("set enable-oslogin to true")


CONTROL = Control(
    id="os-login",
    title="Machines use OS Login",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("os_login",),
    references=(
        cis_gcp("4.4"),
        terraform("google/r/compute_project_metadata"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Machine",
        "ProjectSettings",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
