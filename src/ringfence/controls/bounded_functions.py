"""Functions have a concurrency limit.

Without a limit, a flood of calls to one function uses up the concurrency of all the others in the account, and costs
money.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
    }

Good, terraform:

    resource "aws_lambda_function" "resize" {
      function_name                  = "resize"
      role                           = aws_iam_role.resize.arn
      handler                        = "main.handler"
      filename                       = "resize.zip"
      reserved_concurrent_executions = 20
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """Its concurrency must be bounded."""
    if model.bounded is False:
        yield Fault(path="bounded", found="its concurrency is not limited", want=_QUESTION)


_QUESTION = Decision("how many concurrent calls must it serve?")


CONTROL = Control(
    id="bounded-functions",
    title="Functions have a concurrency limit",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("bounded",),
    references=(
        aws("lambda/latest/dg/configuration-concurrency"),
        terraform("aws/r/lambda_function"),
        cwe(770),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
