"""Logs are kept for a year.

Intrusions are discovered after months. Logs that are gone by then answer nothing. Another control covers logs that
are kept for ever.

Bad, terraform:

    resource "aws_cloudwatch_log_group" "app" {
      name = "app"
      retention_in_days = 7
    }

Good, terraform:

    resource "aws_cloudwatch_log_group" "app" {
      name = "app"
      retention_in_days = 365
    }

Good, terraform:

    resource "aws_cloudwatch_log_group" "app" {
      name = "app"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.record import LogGroup


def faults(model: LogGroup) -> Iterator[Fault]:
    """Logs are kept for a year at least, or for ever."""
    if 0 < model.retention_days < _YEAR:
        yield Fault(path="retention_days", found=f"logs are deleted after {model.retention_days} days", want=_YEAR)


_YEAR = 365


CONTROL = Control(
    id="kept-logs",
    title="Logs are kept for a year",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retention_days",),
    references=(
        aws_hub("CloudWatch.16"),
        cwe(779),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("LogGroup",),
    standards=frozenset({Standard.DEFAULT}),
)
