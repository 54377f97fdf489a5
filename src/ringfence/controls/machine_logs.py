"""Machines export their logs.

An intruder who takes over a machine deletes its logs. What was already sent elsewhere remains.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"

      metadata = {
        google-logging-enabled = "false"
      }
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"

      metadata = {
        google-logging-enabled = "true"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """Its logs are not kept back; where nothing is said, that depends on what runs in it."""
    if model.logging is False:
        yield Fault(path="logging", found="its logs stay on it", want=_QUESTION)


_QUESTION = Decision("set google-logging-enabled to true")


CONTROL = Control(
    id="machine-logs",
    title="Machines export their logs",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        terraform("google/r/compute_instance"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.DEFAULT}),
)
