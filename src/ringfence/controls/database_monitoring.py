"""Enhanced monitoring of databases is on.

Enhanced monitoring shows the processes, memory and disks of the machine under the database, which the database's own
metrics do not.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine              = "postgres"
      instance_class      = "db.t4g.medium"
      allocated_storage   = 50
      monitoring_interval = 0
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine              = "postgres"
      instance_class      = "db.t4g.medium"
      allocated_storage   = 50
      monitoring_interval = 60
      monitoring_role_arn = aws_iam_role.monitoring.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Detailed monitoring must be on."""
    if model.monitoring is False:
        yield Fault(path="monitoring", found="its machine is not monitored", want=_QUESTION)


_QUESTION = Decision("at which interval, and with which role?")


CONTROL = Control(
    id="database-monitoring",
    title="Enhanced monitoring of databases is on",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("monitoring",),
    references=(
        aws_hub("RDS.6"),
        aws("AmazonRDS/latest/UserGuide/USER_Monitoring.OS"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
