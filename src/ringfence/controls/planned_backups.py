"""Volumes, clusters and machines are in a backup plan.

What nobody backs up is lost with its volume, and backups made by the database itself are deleted along with it. A
backup plan keeps copies in a vault of its own, for a set time.

Bad, terraform:

    resource "aws_ebs_volume" "orders" {
      availability_zone = "eu-central-1a"
      size              = 40
      encrypted         = true
    }

Good, terraform:

    resource "aws_ebs_volume" "orders" {
      availability_zone = "eu-central-1a"
      size              = 40
      encrypted         = true
    }

    resource "aws_backup_selection" "nightly" {
      name         = "nightly"
      plan_id      = aws_backup_plan.nightly.id
      iam_role_arn = aws_iam_role.backup.arn
      resources    = [aws_ebs_volume.orders.arn]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.storage import PlannedBackups


def faults(model: PlannedBackups) -> Iterator[Fault]:
    """A plan copies it."""
    if not model.planned:
        yield Fault(path="planned", found=f"no backup plan includes this {model.what}", want=_QUESTION)


_QUESTION = Decision("which backup plan should include it?")


CONTROL = Control(
    id="planned-backups",
    title="Volumes, clusters and machines are in a backup plan",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("planned",),
    references=(
        aws_hub("EC2.28"),
        aws_hub("RDS.26"),
        terraform("aws/r/backup_selection"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PlannedBackups",),
    standards=frozenset({Standard.DEFAULT}),
)
