"""Database backups are kept for a week.

A backup that is kept for a day is gone before anybody is back from the weekend. A week is what AWS Security Hub asks
for.

Bad, terraform:

    resource "aws_rds_cluster" "main" {
      engine                  = "aurora-postgresql"
      backup_retention_period = 1
    }

Good, terraform:

    resource "aws_rds_cluster" "main" {
      engine                  = "aurora-postgresql"
      backup_retention_period = 7
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Backups must be kept for seven days, but for caches, whose data lives elsewhere too."""
    if model.backup_days is not None and 0 < model.backup_days < 7 and model.engine not in _CACHES:
        days = "a day" if model.backup_days == 1 else f"{model.backup_days} days"
        yield Fault(path="backup_days", found=f"backups are kept for {days}", want=7)


_CACHES = frozenset({"redis", "valkey", "memcached", "memorydb"})


CONTROL = Control(
    id="kept-database-backups",
    title="Database backups are kept for a week",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("backup_days",),
    references=(
        aws_hub("RDS.11"),
        terraform("aws/r/rds_cluster"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
