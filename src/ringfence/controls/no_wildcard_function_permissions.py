"""Function permissions only allow invoking.

Anybody who may do more with a function than invoke it may change its code, and so do whatever its role may do.

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

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import FunctionPermission


def faults(model: FunctionPermission) -> Iterator[Fault]:
    """A permission may be for calling and reading, and nothing else."""
    if model.action and not _HARMLESS.match(model.action):
        found = f"{model.action} allows more than to call it"
        yield Fault(path="action", found=found, want="lambda:InvokeFunction")


_HARMLESS = re.compile(r"lambda:(Invoke|Get|List)", re.IGNORECASE)


CONTROL = Control(
    id="no-wildcard-function-permissions",
    title="Function permissions only allow invoking",
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
