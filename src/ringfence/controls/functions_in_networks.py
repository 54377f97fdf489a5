"""Functions run in a private network.

Inside your own network, security rules limit where a function can connect to, and flow logs record it.

Bad, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
    }

Good, terraform:

    resource "aws_lambda_function" "resize" {
      function_name = "resize"
      role          = aws_iam_role.resize.arn
      handler       = "main.handler"
      filename      = "resize.zip"
      vpc_config {
        subnet_ids         = [aws_subnet.private.id]
        security_group_ids = [aws_security_group.resize.id]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import Function


def faults(model: Function) -> Iterator[Fault]:
    """It must stand in a network of the account's own."""
    if model.in_network is False:
        yield Fault(path="in_network", found="it is outside a private network", want=_QUESTION)


_QUESTION = Decision("in which subnets should it run?")


CONTROL = Control(
    id="functions-in-networks",
    title="Functions run in a private network",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("in_network",),
    references=(
        aws_hub("Lambda.3"),
        aws("lambda/latest/dg/configuration-vpc"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Function",),
    standards=frozenset({Standard.DEFAULT}),
)
