"""Data services are backed up.

A deleted table, a broken migration or ransomware ends a business that has no backup. Automatic backups also allow
recovery to any second they cover. What broke on Friday is noticed on Monday, so one day is too short.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine                  = "postgres"
      instance_class          = "db.t4g.medium"
      allocated_storage       = 50
      backup_retention_period = 0
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                  = "postgres"
      instance_class          = "db.t4g.medium"
      allocated_storage       = 50
      backup_retention_period = 14
    }

Bad, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id = "sessions"
      description          = "Sessions of the shop"
      node_type            = "cache.t4g.small"
    }

Good, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id     = "sessions"
      description              = "Sessions of the shop"
      node_type                = "cache.t4g.small"
      snapshot_retention_limit = 7
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cis_gcp, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Backups must be kept, and for more than a day."""
    if model.backup_days is not None and model.backup_days <= 0:
        yield Fault(path="backup_days", found="no automatic backups are kept", want=7)
    elif model.backup_days == 1:
        yield Fault(path="backup_days", found="backups are kept for a day only", want=7, severity=Severity.LOW)


CONTROL = Control(
    id="database-backups",
    title="Data services are backed up",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("backup_days",),
    references=(
        cis_gcp("6.7"),
        aws_hub("RDS.11"),
        aws("AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
