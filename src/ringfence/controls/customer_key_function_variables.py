"""Function variables are encrypted with a customer-managed key.

With the provider's key, anybody who may view the function can read its variables. With a key of your own they also
need the right to use that key.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      environment {
        variables = {
          STAGE = "prod"
        }
      }
    }

Good, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      environment {
        variables = {
          STAGE = "prod"
        }
      }
      kms_key_arn = aws_kms_key.functions.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """Where there are variables, a key must be named."""
    if model.variables_key is False:
        yield Fault(
            path="variables_key", found="its variables are not encrypted with a customer-managed key", want=_QUESTION
        )


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-function-variables",
    title="Function variables are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("variables_key",),
    references=(
        aws("lambda/latest/dg/configuration-envvars-encryption"),
        terraform("aws/r/lambda_function"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
