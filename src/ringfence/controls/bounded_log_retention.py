"""Logs are deleted eventually.

Logs hold names, addresses and what people did. Kept for ever, they grow into a store of personal data that nobody
looks after and that an intruder gets whole.

Bad, terraform:

    resource "aws_cloudwatch_log_group" "app" {
      name = "app"
    }

Good, terraform:

    resource "aws_cloudwatch_log_group" "app" {
      name              = "app"
      retention_in_days = 365
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.record import LogGroup


def faults(model: LogGroup) -> Iterator[Fault]:
    """A number of days is said."""
    if model.retention_days == 0:
        yield Fault(path="retention_days", found="logs are kept for ever", want=_YEAR)


_YEAR = 365


CONTROL = Control(
    id="bounded-log-retention",
    title="Logs are deleted eventually",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retention_days",),
    references=(
        terraform("aws/r/cloudwatch_log_group"),
        cwe(359),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("LogGroup",),
    standards=frozenset({Standard.DEFAULT}),
)
