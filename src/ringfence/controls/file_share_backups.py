"""File systems are backed up.

What is deleted by mistake, or encrypted by ransomware, is lost without a backup.

Bad, terraform:

    resource "aws_efs_file_system" "a" {
      encrypted = true
    }

Good, terraform:

    resource "aws_efs_file_system" "a" {
      encrypted = true
    }

    resource "aws_efs_backup_policy" "a" {
      file_system_id = aws_efs_file_system.a.id

      backup_policy {
        status = "ENABLED"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.storage import FileShare


def faults(model: FileShare) -> Iterator[Fault]:
    """File systems are backed up."""
    if model.backups is False:
        yield Fault(path="backups", found="it is not backed up", want=_QUESTION)


_QUESTION = Decision("add an aws_efs_backup_policy with status ENABLED")


CONTROL = Control(
    id="file-share-backups",
    title="File systems are backed up",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("backups",),
    references=(
        aws_hub("EFS.2"),
        terraform("aws/r/efs_backup_policy"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FileShare",),
    standards=frozenset({Standard.DEFAULT}),
)
