"""Policies do not allow reading everything.

`s3:GetObject` or `secretsmanager:GetSecretValue` on everything exposes all files and secrets of the account,
including those created tomorrow.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["secretsmanager:ListSecrets", "secretsmanager:GetSecretValue"]
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
          Action   = ["secretsmanager:ListSecrets"]
          Resource = "*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.escalation import GIVING_DATA
from ringfence.controls.cloud.statements import covers, together, unbounded
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No identity's policy may allow reading objects, secrets or parameters wherever they are."""
    if model.use is not PolicyUse.IDENTITY:
        return
    some = (one for one in unbounded(model.statements) if any(covers(one[2], data) for data in GIVING_DATA))
    for path, found in together(some):
        yield Fault(path=path, found=found, want=_QUESTION)


_QUESTION = Decision("which of them does it need to read?")


CONTROL = Control(
    id="no-data-exfiltration",
    title="Policies do not allow reading everything",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/best-practices"),
        terraform("aws/r/iam_policy"),
        cwe(200),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
