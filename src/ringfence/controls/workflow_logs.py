"""Workflows are logged.

The history of an execution is kept for only a few weeks, and not at all for express workflows. Logs record which step
did what.

Bad, terraform:

    resource "aws_sfn_state_machine" "orders" {
      name       = "orders"
      role_arn   = aws_iam_role.orders.arn
      definition = "{}"
    }

Good, terraform:

    resource "aws_sfn_state_machine" "orders" {
      name       = "orders"
      role_arn   = aws_iam_role.orders.arn
      definition = "{}"
      logging_configuration {
        log_destination        = "${aws_cloudwatch_log_group.orders.arn}:*"
        include_execution_data = true
        level                  = "ERROR"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import Workflow


def faults(model: Workflow) -> Iterator[Fault]:
    """Logs must be kept."""
    if model.logging is False:
        yield Fault(path="logging", found="its activity is not logged", want=_QUESTION)


_QUESTION = Decision("which log group should it go to?")


CONTROL = Control(
    id="workflow-logs",
    title="Workflows are logged",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("StepFunctions.1"),
        aws("step-functions/latest/dg/cw-logs"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Workflow",),
    standards=frozenset({Standard.DEFAULT}),
)
