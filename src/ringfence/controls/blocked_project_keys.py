"""Project-wide SSH keys do not open every machine.

If a project-wide key leaks, every machine of the project is open.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      metadata = {
        block-project-ssh-keys = "true"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Project-wide SSH keys do not open every machine."""
    if model.project_keys_blocked is False:
        yield Fault(path="project_keys_blocked", found="project-wide SSH keys are accepted", want=_QUESTION)


_QUESTION = Decision("set block-project-ssh-keys to true, or use OS Login")


CONTROL = Control(
    id="blocked-project-keys",
    title="Project-wide SSH keys do not open every machine",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("project_keys_blocked",),
    references=(
        cis_gcp("4.3"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
