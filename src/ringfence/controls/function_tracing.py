"""Functions are traced.

A trace shows which other services a function called and for how long, and so what an attack through it did.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      tracing_config {
        mode = "PassThrough"
      }
    }

Good, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      tracing_config {
        mode = "Active"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """Tracing must be active."""
    if model.tracing is False:
        yield Fault(path="tracing", found="tracing is off", want=True)


CONTROL = Control(
    id="function-tracing",
    title="Functions are traced",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tracing",),
    references=(
        aws("lambda/latest/dg/services-xray"),
        terraform("aws/r/lambda_function"),
        cwe(778),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
