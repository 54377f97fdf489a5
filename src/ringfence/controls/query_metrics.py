"""Query metrics are published.

Metrics show how much each query read: a copy of all the data stands out.

Bad, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        publish_cloudwatch_metrics_enabled = false
      }
    }

Good, terraform:

    resource "aws_athena_workgroup" "reports" {
      name = "reports"
      configuration {
        publish_cloudwatch_metrics_enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.analytics import QueryWorkgroup


def faults(model: QueryWorkgroup) -> Iterator[Fault]:
    """Metrics must be published."""
    if model.metrics is False:
        yield Fault(path="metrics", found="metrics of queries are not kept", want=True)


CONTROL = Control(
    id="query-metrics",
    title="Query metrics are published",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("metrics",),
    references=(
        aws_hub("Athena.4"),
        terraform("aws/r/athena_workgroup"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("QueryWorkgroup",),
    standards=frozenset({Standard.DEFAULT}),
)
