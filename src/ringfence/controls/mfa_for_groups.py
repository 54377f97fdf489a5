"""User groups require a second factor.

A group policy that denies everything without a second factor applies to everybody who joins the group.

Bad, terraform:

    resource "aws_iam_group" "developers" {
      name = "developers"
    }

Good, terraform:

    resource "aws_iam_group" "developers" {
      name = "developers"
    }

    resource "aws_iam_group_policy" "mfa" {
      group = aws_iam_group.developers.name
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Deny"
          NotAction = ["iam:*MFADevice", "sts:GetSessionToken"]
          Resource  = "*"
          Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe, terraform
from ringfence.models.cloud.policy import UserGroup


def faults(model: UserGroup) -> Iterator[Fault]:
    """A policy of the group must ask for a second factor."""
    if model.mfa_enforced is False:
        yield Fault(path="mfa_enforced", found="no policy requires a second factor", want=_QUESTION)


_QUESTION = Decision("which policy should require a second factor?")


CONTROL = Control(
    id="mfa-for-groups",
    title="User groups require a second factor",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("mfa_enforced",),
    references=(
        cis_aws("1.10"),
        aws_hub("IAM.19"),
        terraform("aws/r/iam_group_policy"),
        cwe(308),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("UserGroup",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
