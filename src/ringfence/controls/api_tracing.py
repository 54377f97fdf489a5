"""APIs are traced.

A trace follows a call through everything behind the API, and shows what an attack reached.

Bad, terraform:

    resource "aws_api_gateway_stage" "prod" {
      stage_name           = "prod"
      rest_api_id          = aws_api_gateway_rest_api.shop.id
      deployment_id        = aws_api_gateway_deployment.shop.id
      xray_tracing_enabled = false
    }

Good, terraform:

    resource "aws_api_gateway_stage" "prod" {
      stage_name           = "prod"
      rest_api_id          = aws_api_gateway_rest_api.shop.id
      deployment_id        = aws_api_gateway_deployment.shop.id
      xray_tracing_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Api, ApiStage


def faults(model: ApiStage | Api) -> Iterator[Fault]:
    """Calls must be traced."""
    if model.tracing is False:
        yield Fault(path="tracing", found="tracing is off", want=True)


CONTROL = Control(
    id="api-tracing",
    title="APIs are traced",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tracing",),
    references=(
        aws_hub("APIGateway.3"),
        aws("apigateway/latest/developerguide/apigateway-xray"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "ApiStage",
        "Api",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
