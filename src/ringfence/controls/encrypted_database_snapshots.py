"""Database snapshots are encrypted.

A snapshot is the whole database in one file. Unencrypted, anybody who may copy it may read it.

Bad, terraform:

    resource "aws_db_cluster_snapshot" "before" {
      db_cluster_identifier          = aws_rds_cluster.main.id
      db_cluster_snapshot_identifier = "before-migration"
    }

    resource "aws_rds_cluster" "main" {
      engine = "aurora-postgresql"
    }

Good, terraform:

    resource "aws_db_cluster_snapshot" "before" {
      db_cluster_identifier          = aws_rds_cluster.main.id
      db_cluster_snapshot_identifier = "before-migration"
    }

    resource "aws_rds_cluster" "main" {
      engine            = "aurora-postgresql"
      storage_encrypted = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.database import DatabaseSnapshot


def faults(model: DatabaseSnapshot) -> Iterator[Fault]:
    """It must be encrypted."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="the copy is not encrypted", want=_QUESTION)


_QUESTION = Decision("which key should the copy use?")


CONTROL = Control(
    id="encrypted-database-snapshots",
    title="Database snapshots are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws_hub("RDS.4"),
        terraform("aws/r/db_snapshot_copy"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseSnapshot",),
    standards=frozenset({Standard.DEFAULT}),
)
