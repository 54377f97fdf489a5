"""Access points lead to a single folder.

An application that is taken over should find its own folder and no other.

Bad, terraform:

    resource "aws_efs_access_point" "a" {
      file_system_id = aws_efs_file_system.a.id
    }

Good, terraform:

    resource "aws_efs_access_point" "a" {
      file_system_id = aws_efs_file_system.a.id

      root_directory {
        path = "/orders"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, terraform
from ringfence.models.cloud.storage import SharePoint


def faults(model: SharePoint) -> Iterator[Fault]:
    """Access points lead to a single folder."""
    if not model.rooted:
        yield Fault(path="rooted", found="it gives access to the whole file system", want=_QUESTION)


_QUESTION = Decision("which folder should it give access to?")


CONTROL = Control(
    id="bounded-share-points",
    title="Access points lead to a single folder",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("rooted",),
    references=(
        aws_hub("EFS.3"),
        terraform("aws/r/efs_access_point"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SharePoint",),
    standards=frozenset({Standard.DEFAULT}),
)
