"""Document databases log slow operations.

The DocumentDB profiler records slow operations: a query that reads everything, a client that probes what it can read.
It needs both the parameter and the log export; this control asks for the export.

Bad, terraform:

    resource "aws_docdb_cluster" "orders" {
      cluster_identifier              = "orders"
      enabled_cloudwatch_logs_exports = ["audit"]
    }

Good, terraform:

    resource "aws_docdb_cluster" "orders" {
      cluster_identifier              = "orders"
      enabled_cloudwatch_logs_exports = ["audit", "profiler"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import DatabaseProfile


def faults(model: DatabaseProfile) -> Iterator[Fault]:
    """The profiler's log must be among those that are sent."""
    if not model.profiled:
        yield Fault(path="profiled", found="slow operations are not logged", want=True)


CONTROL = Control(
    id="profiled-databases",
    title="Document databases log slow operations",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("profiled",),
    references=(
        aws("documentdb/latest/developerguide/profiling"),
        terraform("aws/r/docdb_cluster"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseProfile",),
    standards=frozenset({Standard.DEFAULT}),
)
