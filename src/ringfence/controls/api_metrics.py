"""APIs keep metrics for each method.

Call counts, error rates and latencies reveal an attack or a failing method before anybody has read the logs.

Bad, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        metrics_enabled = false
      }
    }

Good, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        metrics_enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import ApiStage


def faults(model: ApiStage) -> Iterator[Fault]:
    """Metrics must be kept."""
    if model.metrics is False:
        yield Fault(path="metrics", found="its methods have no metrics", want=True)


CONTROL = Control(
    id="api-metrics",
    title="APIs keep metrics for each method",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("metrics",),
    references=(
        aws("apigateway/latest/developerguide/monitoring-cloudwatch"),
        terraform("aws/r/api_gateway_method_settings"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ApiStage",),
    standards=frozenset({Standard.DEFAULT}),
)
