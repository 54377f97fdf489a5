"""Threat detectors are on.

A disabled detector finds nothing, and looks as if there were nothing to find. The same goes for a source that it does
not look at.

Bad, terraform:

    resource "aws_guardduty_detector" "main" {
      enable = false
    }

Good, terraform:

    resource "aws_guardduty_detector" "main" {
      enable = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.record import Watcher


def faults(model: Watcher) -> Iterator[Fault]:
    """It runs."""
    if not model.enabled:
        yield Fault(path="enabled", found="it is off", want=True)


CONTROL = Control(
    id="running-detectors",
    title="Threat detectors are on",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        aws_hub("GuardDuty.1"),
        aws_hub("GuardDuty.5"),
        aws_hub("GuardDuty.10"),
        aws_hub("Macie.1"),
        cwe(778),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Watcher",),
    standards=frozenset({Standard.DEFAULT}),
)
