"""Policies do not hand out credentials.

Some actions return credentials: keys, session tokens, database passwords. Allowed on everything, they turn one stolen
session into many.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["sts:AssumeRole", "sts:GetCallerIdentity"]
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
          Action   = ["sts:AssumeRole", "sts:GetCallerIdentity"]
          Resource = "arn:aws:iam::123456789012:role/shop-*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.escalation import GIVING_CREDENTIALS
from ringfence.controls.cloud.statements import covers, together, unbounded
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No identity's policy may allow, on everything, actions that answer with credentials."""
    if model.use is not PolicyUse.IDENTITY:
        return
    some = (one for one in unbounded(model.statements) if any(covers(one[2], key) for key in GIVING_CREDENTIALS))
    for path, found in together(some):
        yield Fault(path=path, found=f"credentials are handed out: {found}", want=_QUESTION)


_QUESTION = Decision("whose credentials does it need?")


CONTROL = Control(
    id="no-credential-exposure",
    title="Policies do not hand out credentials",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/id_credentials_temp"),
        terraform("aws/r/iam_policy"),
        cwe(522),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
