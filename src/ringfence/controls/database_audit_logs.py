"""Data services keep an audit log.

An audit log says who logged in, from where, and what was read or changed. Without it nobody can tell what data a
stolen password exposed.

Bad, terraform:

    resource "aws_docdb_cluster" "main" {
      cluster_identifier              = "orders"
      enabled_cloudwatch_logs_exports = ["profiler"]
    }

Good, terraform:

    resource "aws_docdb_cluster" "main" {
      cluster_identifier              = "orders"
      enabled_cloudwatch_logs_exports = ["audit", "profiler"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Audit logs must be kept."""
    if model.audit_logs is False:
        yield Fault(path="audit_logs", found="it keeps no audit log", want=True)


CONTROL = Control(
    id="database-audit-logs",
    title="Data services keep an audit log",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("audit_logs",),
    references=(
        aws_hub("DocumentDB.4"),
        aws_hub("Opensearch.5"),
        aws("documentdb/latest/developerguide/event-auditing"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
