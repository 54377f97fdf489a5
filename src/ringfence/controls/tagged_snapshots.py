"""Database snapshots have the database's tags.

Permissions, costs and deletion often depend on tags. A snapshot without them gets forgotten, or is open to people who
have no access to its database.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine                = "postgres"
      instance_class        = "db.t4g.medium"
      allocated_storage     = 50
      copy_tags_to_snapshot = false
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                = "postgres"
      instance_class        = "db.t4g.medium"
      allocated_storage     = 50
      copy_tags_to_snapshot = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Tags must be copied to snapshots."""
    if model.copies_tags is False:
        yield Fault(path="copies_tags", found="tags are not copied to snapshots", want=True)


CONTROL = Control(
    id="tagged-snapshots",
    title="Database snapshots have the database's tags",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("copies_tags",),
    references=(
        aws_hub("RDS.16"),
        terraform("aws/r/db_instance"),
        cwe(1059),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
