"""Functions run signed code only.

With code signing, even somebody who may upload a function cannot run code that the build did not sign.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
    }

Good, terraform:

    resource "aws_lambda_function" "resize" {
      function_name           = "resize"
      role                    = aws_iam_role.resize.arn
      handler                 = "main.handler"
      filename                = "resize.zip"
      code_signing_config_arn = aws_lambda_code_signing_config.main.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """A configuration for signed code must be named."""
    if model.signed is False:
        yield Fault(path="signed", found="unsigned code can run", want=_QUESTION)


_QUESTION = Decision("which signing configuration should it have?")


CONTROL = Control(
    id="signed-functions",
    title="Functions run signed code only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("signed",),
    references=(
        aws("lambda/latest/dg/configuration-codesigning"),
        terraform("aws/r/lambda_code_signing_config"),
        cwe(494),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
