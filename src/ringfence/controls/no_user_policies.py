"""Permissions are given to groups and roles, not to users.

Permissions of individual users are forgotten when a person changes teams. Given to a group or a role, they follow the
job.

Bad, terraform:

    resource "aws_iam_user_policy_attachment" "ann" {
      user       = "ann"
      policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    }

Good, terraform:

    resource "aws_iam_group_policy_attachment" "readers" {
      group      = "readers"
      policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.policy import PolicyAttachment, PolicyHolder


def faults(model: PolicyHolder | PolicyAttachment) -> Iterator[Fault]:
    """No policy may be a user's own or be attached to one."""
    if isinstance(model, PolicyAttachment):
        if model.users:
            yield Fault(path="users", found="the policy is attached to a user", want=_QUESTION)
    elif model.holder == "user":
        yield Fault(path="holder", found="a user has its own policy", want=_QUESTION)


_QUESTION = Decision("which group or role should have it?")


CONTROL = Control(
    id="no-user-policies",
    title="Permissions are given to groups and roles, not to users",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "users",
        "holder",
    ),
    references=(
        cis_aws("1.15"),
        aws_hub("IAM.2"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "PolicyHolder",
        "PolicyAttachment",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
