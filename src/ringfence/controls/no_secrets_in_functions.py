"""Function variables contain no secrets.

A function's variables are in the file, in the state, and on a page that everybody who may view the function can see.
Fetch secrets from a secret store when they are needed.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      environment {
        variables = {
          STAGE       = "prod"
          DB_PASSWORD = "vT9-kQz7.mB2x"
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
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_gcp, cwe
from ringfence.models.cloud.containers import Function
from ringfence.secrets import secret_in


def faults(model: Function) -> Iterator[Fault]:
    """No variable may hold a value that is a secret, by its form or by its name."""
    for index, (name, value) in enumerate(model.variables):
        kind = secret_in(name, value)
        if kind:
            yield Fault(path=f"variables[{index}]", found=f"{name} holds {kind}", want=_QUESTION)


_QUESTION = Decision("which secret store should hold it?")


CONTROL = Control(
    id="no-secrets-in-functions",
    title="Function variables contain no secrets",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("variables",),
    references=(
        cis_gcp("1.18"),
        aws("lambda/latest/dg/configuration-envvars"),
        aws("secretsmanager/latest/userguide/retrieving-secrets_lambda"),
        cwe(798),
        cwe(526),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
