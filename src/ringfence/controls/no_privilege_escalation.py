"""Policies do not allow privilege escalation.

Anybody who may write policies, create keys for others, or pass any role to a machine or function that they start, can
get every right in the account in one or two steps.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["iam:ListRoles", "iam:AttachRolePolicy"]
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
          Action   = ["iam:ListRoles", "iam:GetRole"]
          Resource = "*"
        }]
      })
    }

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["iam:PassRole", "ec2:RunInstances"]
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
          Action   = ["ec2:RunInstances"]
          Resource = "*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.escalation import escalation, starting
from ringfence.controls.cloud.statements import covers, unbounded
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No identity's policy may allow, on everything, what makes its holder an administrator."""
    if model.use is not PolicyUse.IDENTITY:
        return
    some = list(unbounded(model.statements))
    for index, number, action in some:
        way = escalation(action)
        if way:
            path = f"statements[{index}].actions[{number}]"
            yield Fault(path=path, found=f"{action} on everything: {way}", want=_QUESTION)
        elif covers(action, "iam:PassRole"):
            starts = starting(other for _, _, other in some)
            severity = None if starts else Severity.MEDIUM
            found = f"any role may be passed{f' to what {starts} starts' if starts else ''}"
            path = f"statements[{index}].actions[{number}]"
            yield Fault(path=path, found=found, want=_QUESTION, severity=severity)


_QUESTION = Decision("which users, roles or policies does it need that for?")


CONTROL = Control(
    id="no-privilege-escalation",
    title="Policies do not allow privilege escalation",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/access_policies_boundaries"),
        terraform("aws/r/iam_policy"),
        cwe(269),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
