"""Function URLs authenticate the caller.

A function URL with `authorization_type = "NONE"` runs the function for anybody on the internet, as often as they
like.

Bad, terraform:

    resource "aws_lambda_function_url" "resize" {
      function_name      = aws_lambda_function.resize.function_name
      authorization_type = "NONE"
    }

Good, terraform:

    resource "aws_lambda_function_url" "resize" {
      function_name      = aws_lambda_function.resize.function_name
      authorization_type = "AWS_IAM"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import FunctionUrl


def faults(model: FunctionUrl) -> Iterator[Fault]:
    """Callers must prove who they are."""
    if model.authenticated is False:
        yield Fault(path="authenticated", found="anybody may call it", want=True)


CONTROL = Control(
    id="authenticated-function-urls",
    title="Function URLs authenticate the caller",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("authenticated",),
    references=(
        aws("lambda/latest/dg/urls-auth"),
        terraform("aws/r/lambda_function_url"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("FunctionUrl",),
    standards=frozenset({Standard.DEFAULT}),
)
