"""Machine disks are encrypted.

Copies of a disk travel: snapshots are shared, kept and forgotten. Encrypted, they are worth nothing without the key.

Bad, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"

      root_block_device {
        encrypted = false
      }
    }

Good, terraform:

    resource "aws_instance" "web" {
      ami           = data.aws_ami.debian.id
      instance_type = "t3.small"

      root_block_device {
        encrypted = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Each disk is encrypted."""
    for index, disk in enumerate(model.disks):
        if not disk.encrypted:
            yield Fault(path=f"disks[{index}].encrypted", found="a disk is not encrypted", want=True)


CONTROL = Control(
    id="encrypted-machine-disks",
    title="Machine disks are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("disks.encrypted",),
    references=(
        aws_hub("EC2.3"),
        aws("ebs/latest/userguide/ebs-encryption"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
