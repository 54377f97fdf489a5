"""APIs log every call.

Access logs say who called which method, from where, and with what result.

Bad, terraform:

    resource "aws_api_gateway_stage" "prod" {
      stage_name    = "prod"
      rest_api_id   = aws_api_gateway_rest_api.shop.id
      deployment_id = aws_api_gateway_deployment.shop.id
    }

Good, terraform:

    resource "aws_api_gateway_stage" "prod" {
      stage_name    = "prod"
      rest_api_id   = aws_api_gateway_rest_api.shop.id
      deployment_id = aws_api_gateway_deployment.shop.id
      access_log_settings {
        destination_arn = aws_cloudwatch_log_group.shop.arn
        format          = "$context.requestId"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import ApiStage


def faults(model: ApiStage) -> Iterator[Fault]:
    """Access logs must be kept."""
    if model.access_logs is False:
        yield Fault(path="access_logs", found="access logs are off", want=_QUESTION)


_QUESTION = Decision("which log group should the access logs go to?")


CONTROL = Control(
    id="api-access-logs",
    title="APIs log every call",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("access_logs",),
    references=(
        aws_hub("APIGateway.9"),
        aws("apigateway/latest/developerguide/set-up-logging"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ApiStage",),
    standards=frozenset({Standard.DEFAULT}),
)
