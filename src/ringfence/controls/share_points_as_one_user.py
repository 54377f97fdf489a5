"""Access points enforce a single user.

A client that chooses its own user id can own every file.

Bad, terraform:

    resource "aws_efs_access_point" "a" {
      file_system_id = aws_efs_file_system.a.id
    }

Good, terraform:

    resource "aws_efs_access_point" "a" {
      file_system_id = aws_efs_file_system.a.id

      posix_user {
        gid = 1000
        uid = 1000
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, terraform
from ringfence.models.cloud.storage import SharePoint


def faults(model: SharePoint) -> Iterator[Fault]:
    """Access points enforce a single user."""
    if not model.user:
        yield Fault(path="user", found="clients choose their own user id", want=_QUESTION)


_QUESTION = Decision("which user should clients act as?")


CONTROL = Control(
    id="share-points-as-one-user",
    title="Access points enforce a single user",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("user",),
    references=(
        aws_hub("EFS.4"),
        terraform("aws/r/efs_access_point"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SharePoint",),
    standards=frozenset({Standard.DEFAULT}),
)
