"""Database snapshots are shared with named accounts only.

Any customer of the cloud can restore a snapshot that is shared with "all", and then has the whole database.

Bad, terraform:

    resource "aws_db_snapshot" "before" {
      db_instance_identifier = aws_db_instance.main.identifier
      db_snapshot_identifier = "before-migration"
      shared_accounts        = ["123456789012", "all"]
    }

Good, terraform:

    resource "aws_db_snapshot" "before" {
      db_instance_identifier = aws_db_instance.main.identifier
      db_snapshot_identifier = "before-migration"
      shared_accounts        = ["123456789012"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe, terraform
from ringfence.models.cloud.database import DatabaseSnapshot


def faults(model: DatabaseSnapshot) -> Iterator[Fault]:
    """It must not be shared with everybody."""
    for index, account in enumerate(model.shared):
        if account.lower() == "all":
            yield Fault(path=f"shared[{index}]", found="anybody may restore it", want=REMOVE)


CONTROL = Control(
    id="no-public-database-snapshots",
    title="Database snapshots are shared with named accounts only",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("shared",),
    references=(
        aws_hub("RDS.1"),
        terraform("aws/r/db_snapshot"),
        aws("AmazonRDS/latest/UserGuide/USER_ShareSnapshot"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseSnapshot",),
    standards=frozenset({Standard.DEFAULT}),
)
