"""Public sharing of images, snapshots and documents is blocked.

A single wrong attribute makes a snapshot public, with everything on the disk. An account can block public sharing of
all its images, snapshots and documents.

Bad, terraform:

    resource "aws_ebs_snapshot_block_public_access" "all" {
      state = "unblocked"
    }

Good, terraform:

    resource "aws_ebs_snapshot_block_public_access" "all" {
      state = "block-all-sharing"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.storage import SharingBlock


def faults(model: SharingBlock) -> Iterator[Fault]:
    """Public sharing is blocked."""
    if not model.blocked:
        yield Fault(path="blocked", found=f"public sharing of {model.what} is not blocked", want=True)


CONTROL = Control(
    id="public-sharing-blocked",
    title="Public sharing of images, snapshots and documents is blocked",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("blocked",),
    references=(
        aws_hub("EC2.182"),
        aws_hub("SSM.7"),
        aws("ebs/latest/userguide/block-public-access-snapshots"),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("SharingBlock",),
    standards=frozenset({Standard.DEFAULT}),
)
