"""A service may call a function only for your own resources.

A permission for `s3.amazonaws.com` alone applies to every customer's buckets: anybody who knows the function's name
can make the service call it. Name the source ARN or account.

Bad, terraform:

    resource "aws_lambda_permission" "resize" {
      action        = "lambda:InvokeFunction"
      function_name = aws_lambda_function.resize.function_name
      principal     = "s3.amazonaws.com"
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

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.containers import FunctionPermission


def faults(model: FunctionPermission) -> Iterator[Fault]:
    """A permission of one of the provider's services must name a source, and is for calls only."""
    service = "." in model.principal and ":" not in model.principal
    if service and not model.bounded:
        found = f"{model.principal} may call it for anybody"
        yield Fault(path="bounded", found=found, want=Decision("which source ARN or account may call it?"))
    if service and "*" in model.action:
        yield Fault(path="action", found=f"{model.principal} may also change it", want="lambda:InvokeFunction")


CONTROL = Control(
    id="bounded-function-permissions",
    title="A service may call a function only for your own resources",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "bounded",
        "action",
    ),
    references=(
        aws("lambda/latest/dg/permissions-function-services"),
        aws("IAM/latest/UserGuide/confused-deputy"),
        cwe(441),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("FunctionPermission",),
    standards=frozenset({Standard.DEFAULT}),
)
