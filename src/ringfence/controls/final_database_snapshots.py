"""A snapshot is taken before a database is deleted.

With `skip_final_snapshot`, the latest data is lost together with the database. A snapshot costs little and undoes a
mistake.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine              = "postgres"
      instance_class      = "db.t4g.medium"
      allocated_storage   = 50
      skip_final_snapshot = true
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                    = "postgres"
      instance_class            = "db.t4g.medium"
      allocated_storage         = 50
      final_snapshot_identifier = "main-last"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """A last snapshot must be taken."""
    if model.final_snapshot is False:
        yield Fault(path="final_snapshot", found="it is deleted without a final snapshot", want=_QUESTION)


_QUESTION = Decision("what should the final snapshot be called?")


CONTROL = Control(
    id="final-database-snapshots",
    title="A snapshot is taken before a database is deleted",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("final_snapshot",),
    references=(
        terraform("aws/r/db_instance"),
        aws("AmazonRDS/latest/UserGuide/USER_DeleteInstance"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
