"""Desktop disks are encrypted.

A desktop's disks hold a person's mail, documents and passwords. Encryption can only be chosen at creation.

Bad, terraform:

    resource "aws_workspaces_workspace" "ann" {
      directory_id                   = aws_workspaces_directory.main.id
      bundle_id                      = "wsb-bh8rsxt14"
      user_name                      = "ann"
      root_volume_encryption_enabled = true
    }

Good, terraform:

    resource "aws_workspaces_workspace" "ann" {
      directory_id                   = aws_workspaces_directory.main.id
      bundle_id                      = "wsb-bh8rsxt14"
      user_name                      = "ann"
      root_volume_encryption_enabled = true
      user_volume_encryption_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import Desktop


def faults(model: Desktop) -> Iterator[Fault]:
    """Both disks must be encrypted."""
    if not model.root_encrypted:
        yield Fault(path="root_encrypted", found="its system disk is not encrypted", want=True)
    if not model.user_encrypted:
        yield Fault(path="user_encrypted", found="its user disk is not encrypted", want=True)


CONTROL = Control(
    id="encrypted-desktops",
    title="Desktop disks are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "root_encrypted",
        "user_encrypted",
    ),
    references=(
        aws_hub("WorkSpaces.1"),
        aws("workspaces/latest/adminguide/encrypt-workspaces"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Desktop",),
    standards=frozenset({Standard.DEFAULT}),
)
