"""Policies limit what may be changed.

Write or delete rights on everything turn a mistake in one job into the loss of all that the account holds.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["dynamodb:ListTables", "dynamodb:DeleteTable"]
          Resource = "*"
        }]
      })
    }

Good, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["dynamodb:ListTables", "dynamodb:DeleteTable"]
          Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/carts"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.actions import is_writing
from ringfence.controls.cloud.statements import together, unbounded
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No identity's policy may allow changes on everything that could be bounded: one fault a statement."""
    if model.use is not PolicyUse.IDENTITY:
        return
    for path, found in together(one for one in unbounded(model.statements) if is_writing(one[2])):
        yield Fault(path=path, found=found, want=_QUESTION)


_QUESTION = Decision("which resources does it need to change?")


CONTROL = Control(
    id="bounded-write-access",
    title="Policies limit what may be changed",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/best-practices"),
        aws("service-authorization/latest/reference/reference_policies_actions-resources-contextkeys"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
