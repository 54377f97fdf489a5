"""Functions can be called by named callers only.

A permission for `*` lets every customer of the cloud call the function.

Bad, terraform:

    resource "aws_lambda_permission" "resize" {
      action        = "lambda:InvokeFunction"
      function_name = aws_lambda_function.resize.function_name
      principal     = "*"
    }

Good, terraform:

    resource "aws_lambda_permission" "resize" {
      action        = "lambda:InvokeFunction"
      function_name = aws_lambda_function.resize.function_name
      principal     = "123456789012"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import FunctionPermission


def faults(model: FunctionPermission) -> Iterator[Fault]:
    """No permission may be everybody's."""
    if model.principal == "*" and not model.bounded:
        yield Fault(path="principal", found="anybody may call it", want=Decision("who needs to call it?"))


CONTROL = Control(
    id="no-public-functions",
    title="Functions can be called by named callers only",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("principal",),
    references=(
        aws_hub("Lambda.1"),
        aws("lambda/latest/dg/access-control-resource-based"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("FunctionPermission",),
    standards=frozenset({Standard.DEFAULT}),
)
