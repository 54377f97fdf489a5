"""Workflows are traced.

A trace follows an execution through everything that it calls.

Bad, terraform:

    resource "aws_sfn_state_machine" "orders" {
      name       = "orders"
      role_arn   = aws_iam_role.orders.arn
      definition = "{}"
      tracing_configuration {
        enabled = false
      }
    }

Good, terraform:

    resource "aws_sfn_state_machine" "orders" {
      name       = "orders"
      role_arn   = aws_iam_role.orders.arn
      definition = "{}"
      tracing_configuration {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import Workflow


def faults(model: Workflow) -> Iterator[Fault]:
    """Calls must be traced."""
    if model.tracing is False:
        yield Fault(path="tracing", found="tracing is off", want=True)


CONTROL = Control(
    id="workflow-tracing",
    title="Workflows are traced",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tracing",),
    references=(
        aws("step-functions/latest/dg/concepts-xray-tracing"),
        terraform("aws/r/sfn_state_machine"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Workflow",),
    standards=frozenset({Standard.DEFAULT}),
)
