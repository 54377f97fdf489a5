"""Permissions of functions name what is allowed.

Who may do everything with a function may also change its code, and with that do what its role may do.

Bad, terraform:

    resource "aws_lambda_permission" "resize" {
      action        = "lambda:*"
      function_name = aws_lambda_function.resize.function_name
      principal     = "s3.amazonaws.com"
      source_arn    = aws_s3_bucket.uploads.arn
    }

Good, terraform:

    resource "aws_lambda_permission" "resize" {
      action        = "lambda:InvokeFunction"
      function_name = aws_lambda_function.resize.function_name
      principal     = "s3.amazonaws.com"
      source_arn    = aws_s3_bucket.uploads.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import FunctionPermission


def faults(model: FunctionPermission) -> Iterator[Fault]:
    """No permission may be for every action."""
    if model.action in ("*", "lambda:*"):
        found = f"{model.action} allows everything with the function"
        yield Fault(path="action", found=found, want="lambda:InvokeFunction")


CONTROL = Control(
    id="no-wildcard-function-permissions",
    title="Permissions of functions name what is allowed",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("action",),
    references=(
        aws("lambda/latest/dg/access-control-resource-based"),
        terraform("aws/r/lambda_permission"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("FunctionPermission",),
    standards=frozenset({Standard.DEFAULT}),
)
