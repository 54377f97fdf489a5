"""APIs log failed calls.

Execution logs say why a call failed: a wrong token, a malformed request, or an error in the backend.

Bad, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        logging_level = "OFF"
      }
    }

Good, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        logging_level = "ERROR"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.edge import ApiStage


def faults(model: ApiStage) -> Iterator[Fault]:
    """Errors must be logged."""
    if model.execution_logs is False:
        yield Fault(path="execution_logs", found="failed calls are not logged", want=True)


CONTROL = Control(
    id="api-execution-logs",
    title="APIs log failed calls",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("execution_logs",),
    references=(
        aws_hub("APIGateway.1"),
        terraform("aws/r/api_gateway_method_settings"),
        cwe(778),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ApiStage",),
    standards=frozenset({Standard.DEFAULT}),
)
