"""Groups of users have members.

Permissions of a group that nobody is in are needed by nobody. They are forgotten, and whoever is added one day gets
them unnoticed. Add the members, or remove the group.

Bad, terraform:

    resource "aws_iam_group" "operators" {
      name = "operators"
    }

    resource "aws_iam_group_membership" "operators" {
      name  = "operators"
      group = aws_iam_group.operators.name
      users = []
    }

Good, terraform:

    resource "aws_iam_group" "operators" {
      name = "operators"
    }

    resource "aws_iam_group_membership" "operators" {
      name  = "operators"
      group = aws_iam_group.operators.name
      users = [aws_iam_user.anna.name]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import GroupMembers


def faults(model: GroupMembers) -> Iterator[Fault]:
    """Somebody must be in it."""
    if not model.peopled:
        yield Fault(path="peopled", found="it has no members", want=_QUESTION)


_QUESTION = Decision("who should be a member? remove the group if nobody should")


CONTROL = Control(
    id="peopled-groups",
    title="Groups of users have members",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("peopled",),
    references=(
        aws("IAM/latest/UserGuide/id_groups_manage"),
        terraform("aws/r/iam_group_membership"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("GroupMembers",),
    standards=frozenset({Standard.DEFAULT}),
)
