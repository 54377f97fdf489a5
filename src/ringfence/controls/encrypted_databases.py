"""Data services are encrypted at rest.

Encryption at rest protects the data from anybody who gets hold of a disk, a snapshot or a backup without the key. It
costs nothing. Most services allow it only at creation: turning it on replaces what is running, so take a snapshot,
copy it encrypted, and restore from the copy.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      storage_encrypted = true
    }

Bad, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id       = "sessions"
      description                = "Sessions of the shop"
      node_type                  = "cache.t4g.small"
      at_rest_encryption_enabled = false
    }

Good, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id       = "sessions"
      description                = "Sessions of the shop"
      node_type                  = "cache.t4g.small"
      at_rest_encryption_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cis_aws, cis_azure, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """What it keeps on disks must be encrypted."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="its data is not encrypted", want=True)


CONTROL = Control(
    id="encrypted-databases",
    title="Data services are encrypted at rest",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        cis_azure("4.1.5"),
        cis_aws("2.3.1"),
        aws_hub("RDS.3"),
        aws("AmazonRDS/latest/UserGuide/Overview.Encryption"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS, Standard.CIS_AZURE}),
)
