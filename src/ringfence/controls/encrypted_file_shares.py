"""Network file systems are encrypted.

Many machines share the contents of a network file system, and its backups travel. Encryption can only be chosen at
creation.

Bad, terraform:

    resource "aws_efs_file_system" "data" {
      creation_token = "data"
    }

Good, terraform:

    resource "aws_efs_file_system" "data" {
      creation_token = "data"
      encrypted      = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.storage import FileShare


def faults(model: FileShare) -> Iterator[Fault]:
    """It is encrypted."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="it is not encrypted", want=True)


CONTROL = Control(
    id="encrypted-file-shares",
    title="Network file systems are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        cis_aws("2.4.1"),
        aws_hub("EFS.1"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("FileShare",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
