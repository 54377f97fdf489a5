"""People log in through a directory, not as IAM users.

An IAM user has a password and keys of its own, which live until somebody remembers them. A login through the
organisation's directory has one second factor and sessions that expire, and ends when the person leaves.

Bad, terraform:

    resource "aws_iam_user" "ann" {
      name = "ann"
    }

Good, terraform:

    resource "aws_iam_role" "readers" {
      name               = "readers"
      assume_role_policy = data.aws_iam_policy_document.directory.json
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import UserAccount


def faults(model: UserAccount) -> Iterator[Fault]:
    """There must be no users of the account's own."""
    yield Fault(path="name", found=f"{model.name} is a user of the account", want=_QUESTION)


_QUESTION = Decision("can this be a role, or a user in the directory?")


CONTROL = Control(
    id="no-cloud-users",
    title="People log in through a directory, not as IAM users",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("name",),
    references=(
        aws("IAM/latest/UserGuide/best-practices"),
        aws("singlesignon/latest/userguide/what-is"),
        cwe(287),
        cwe(308),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("UserAccount",),
    standards=frozenset({Standard.DEFAULT}),
)
