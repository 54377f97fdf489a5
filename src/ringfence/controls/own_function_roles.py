"""Each function has a role of its own.

Functions that share a role have each other's permissions, and an attacker who takes over one gets those of the
others.

Bad, terraform:

    resource "aws_lambda_function" "orders" {
      function_name = "orders"
      role          = aws_iam_role.functions.arn
      image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1.0.2"
      package_type  = "Image"
    }

    resource "aws_lambda_function" "mail" {
      function_name = "mail"
      role          = aws_iam_role.functions.arn
      image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail:1.0.2"
      package_type  = "Image"
    }

Good, terraform:

    resource "aws_lambda_function" "orders" {
      function_name = "orders"
      role          = aws_iam_role.orders.arn
      image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1.0.2"
      package_type  = "Image"
    }

    resource "aws_lambda_function" "mail" {
      function_name = "mail"
      role          = aws_iam_role.mail.arn
      image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail:1.0.2"
      package_type  = "Image"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """No two functions may have the same role."""
    if model.own_role is False:
        yield Fault(path="own_role", found="another function uses the same role", want=_QUESTION)


_QUESTION = Decision("which permissions does this one need? give it a role with only those")


CONTROL = Control(
    id="own-function-roles",
    title="Each function has a role of its own",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("own_role",),
    references=(
        aws("lambda/latest/dg/lambda-intro-execution-role"),
        terraform("aws/r/lambda_function"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
