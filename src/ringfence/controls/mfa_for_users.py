"""Users with a password need a second factor.

Passwords are guessed, shared and phished. A policy that denies everything without a second factor makes a stolen
password worthless.

Bad, terraform:

    resource "aws_iam_user" "ann" {
      name = "ann"
    }

    resource "aws_iam_user_login_profile" "ann" {
      user = aws_iam_user.ann.name
    }

Good, terraform:

    resource "aws_iam_user" "ann" {
      name = "ann"
    }

    resource "aws_iam_user_login_profile" "ann" {
      user = aws_iam_user.ann.name
    }

    resource "aws_iam_user_policy" "mfa" {
      user = aws_iam_user.ann.name
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
from ringfence.controls.references import aws, aws_hub, cis_aws, cwe
from ringfence.models.cloud.policy import UserAccount


def faults(model: UserAccount) -> Iterator[Fault]:
    """A user who can log in with a password must be asked for a second factor by a policy."""
    if model.console and model.mfa_enforced is False:
        yield Fault(path="mfa_enforced", found="a password is enough to log in", want=_QUESTION)


_QUESTION = Decision("which policy should require a second factor?")


CONTROL = Control(
    id="mfa-for-users",
    title="Users with a password need a second factor",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("mfa_enforced",),
    references=(
        cis_aws("1.10"),
        aws_hub("IAM.5"),
        aws("IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage"),
        cwe(308),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("UserAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
