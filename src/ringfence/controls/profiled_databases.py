"""Document databases record slow operations.

The profiler of DocumentDB writes down what took long: a query that reads everything, a client that tries what it can
read. Both the parameter and the export are needed; the export is asked for here.

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
        yield Fault(path="profiled", found="what takes long is not recorded", want=True)


CONTROL = Control(
    id="profiled-databases",
    title="Document databases record slow operations",
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
