"""Disks and snapshots are encrypted.

Copies of a disk travel: snapshots are shared, kept and forgotten. Encrypted, they are worth nothing without the key.

Bad, terraform:

    resource "aws_ebs_volume" "data" {
      availability_zone = "eu-central-1a"
      size              = 40
    }

Good, terraform:

    resource "aws_ebs_volume" "data" {
      availability_zone = "eu-central-1a"
      size              = 40
      encrypted         = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.storage import Volume


def faults(model: Volume) -> Iterator[Fault]:
    """A disk, a copy of one and what decides for new ones is encrypted."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="it is not encrypted", want=True)


CONTROL = Control(
    id="encrypted-volumes",
    title="Disks and snapshots are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        cis_aws("2.2.1"),
        aws_hub("EC2.7"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Volume",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
