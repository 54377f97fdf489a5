"""Databases report what slows them down.

Performance Insights keeps which statements ran and what they waited for: data theft or a flood of queries shows there
first. Seven days of it are free.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine                       = "postgres"
      instance_class               = "db.t4g.medium"
      allocated_storage            = 50
      performance_insights_enabled = false
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                       = "postgres"
      instance_class               = "db.t4g.medium"
      allocated_storage            = 50
      performance_insights_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Insights into its performance must be kept."""
    if model.insights is False:
        yield Fault(path="insights", found="performance insights are off", want=True)


CONTROL = Control(
    id="database-insights",
    title="Databases report what slows them down",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("insights",),
    references=(
        aws("AmazonRDS/latest/UserGuide/USER_PerfInsights"),
        terraform("aws/r/rds_cluster_instance"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
