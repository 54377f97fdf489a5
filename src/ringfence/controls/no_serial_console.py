"""Nobody reaches a machine by its serial port.

The serial console cannot be bound to addresses: whoever has a key may try.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
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
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Nobody reaches a machine by its serial port."""
    if model.serial_console:
        yield Fault(path="serial_console", found="its serial port takes connections from everywhere", want=_QUESTION)


_QUESTION = Decision("set serial-port-enable to false")


CONTROL = Control(
    id="no-serial-console",
    title="Nobody reaches a machine by its serial port",
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
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
