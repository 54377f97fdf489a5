"""APIs do not log full requests.

Data traces write whole requests and responses to the log, including passwords, tokens and personal data.

Bad, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        logging_level      = "ERROR"
        data_trace_enabled = true
      }
    }

Good, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        logging_level      = "ERROR"
        data_trace_enabled = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import ApiStage


def faults(model: ApiStage) -> Iterator[Fault]:
    """Whole requests must not be logged."""
    if model.data_traces:
        yield Fault(path="data_traces", found="full requests are logged", want=False)


CONTROL = Control(
    id="no-api-data-traces",
    title="APIs do not log full requests",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("data_traces",),
    references=(
        aws("apigateway/latest/developerguide/set-up-logging"),
        terraform("aws/r/api_gateway_method_settings"),
        cwe(532),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ApiStage",),
    standards=frozenset({Standard.DEFAULT}),
)
