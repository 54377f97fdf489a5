"""Functions run on a supported runtime.

An unsupported runtime gets no fixes: its vulnerabilities are public and stay open.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      runtime       = "nodejs14.x"
    }

Good, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      runtime       = "nodejs24.x"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.known.runtimes import ENDED
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """The runtime must not be one whose support has ended."""
    ended = ENDED.get((model.runtime or "").lower())
    if ended:
        found = f"support of {model.runtime} ended on {ended}"
        yield Fault(path="runtime", found=found, want=Decision("to which runtime can it be moved?"))


CONTROL = Control(
    id="supported-runtimes",
    title="Functions run on a supported runtime",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("runtime",),
    references=(
        aws_hub("Lambda.2"),
        aws("lambda/latest/dg/lambda-runtimes"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
