"""Alarms carry out their actions.

An alarm whose actions are disabled looks the same as one that never fires.

Bad, terraform:

    resource "aws_cloudwatch_metric_alarm" "a" {
      alarm_name          = "errors"
      metric_name         = "Errors"
      namespace           = "AWS/Lambda"
      evaluation_periods  = 1
      comparison_operator = "GreaterThanThreshold"
      actions_enabled     = false
    }

Good, terraform:

    resource "aws_cloudwatch_metric_alarm" "a" {
      alarm_name          = "errors"
      metric_name         = "Errors"
      namespace           = "AWS/Lambda"
      evaluation_periods  = 1
      comparison_operator = "GreaterThanThreshold"
      actions_enabled     = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.watching import Alarm


def faults(model: Alarm) -> Iterator[Fault]:
    """Alarms carry out their actions."""
    if not model.acts:
        yield Fault(path="acts", found="its actions are turned off", want=True)


CONTROL = Control(
    id="acting-alarms",
    title="Alarms carry out their actions",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("acts",),
    references=(
        aws_hub("CloudWatch.17"),
        terraform("aws/r/cloudwatch_metric_alarm"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Alarm",),
    standards=frozenset({Standard.DEFAULT}),
)
