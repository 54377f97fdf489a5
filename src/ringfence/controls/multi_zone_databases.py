"""Databases run in more than one zone.

A zone fails every few years. A standby in a second zone takes over within a minute.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      multi_az          = false
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      multi_az          = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """It must have a standby in another zone."""
    if model.multi_zone is False:
        yield Fault(path="multi_zone", found="it runs in one zone only", want=True)


CONTROL = Control(
    id="multi-zone-databases",
    title="Databases run in more than one zone",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("multi_zone",),
    references=(
        aws_hub("RDS.5"),
        aws("AmazonRDS/latest/UserGuide/Concepts.MultiAZ"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
