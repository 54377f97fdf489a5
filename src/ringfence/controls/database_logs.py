"""Data services export their logs.

Logs that stay on the machine are lost with it, and an intruder deletes them first. Exported to a log service, they
tell what happened.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                          = "postgres"
      instance_class                  = "db.t4g.medium"
      allocated_storage               = 50
      enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Logs must be sent away."""
    if model.logging is False:
        yield Fault(path="logging", found="its logs are not kept outside of it", want=True)


CONTROL = Control(
    id="database-logs",
    title="Data services export their logs",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("RDS.9"),
        aws("AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
