"""The serial console of machines is off.

Access to the serial console cannot be limited to certain addresses: anybody with a key may try.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      metadata = {
        serial-port-enable = "true"
      }
    }

Bad, terraform:

    resource "aws_ec2_serial_console_access" "all" {
      enabled = true
    }

Bad, terraform:

    resource "google_compute_project_metadata" "a" {
      metadata = {
        serial-port-enable = "true"
      }
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      metadata = {
        serial-port-enable = "false"
      }
    }

Good, terraform:

    resource "aws_ec2_serial_console_access" "all" {
      enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.compute import Machine
from ringfence.models.cloud.project import ProjectSettings


def faults(model: Machine | ProjectSettings) -> Iterator[Fault]:
    """The serial console of machines is off."""
    if model.serial_console:
        wanted = False if isinstance(model, ProjectSettings) else _QUESTION
        yield Fault(path="serial_console", found="its serial port accepts connections from anywhere", want=wanted)


_QUESTION = Decision("turn its serial console off")


CONTROL = Control(
    id="no-serial-console",
    title="The serial console of machines is off",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("serial_console",),
    references=(
        cis_gcp("4.5"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Machine",
        "ProjectSettings",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
