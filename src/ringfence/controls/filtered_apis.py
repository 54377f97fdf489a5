"""Public APIs stand behind a web firewall.

A web firewall stops common attacks: known exploits, injections, floods.

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
    }

    resource "aws_wafv2_web_acl_association" "shop" {
      resource_arn = aws_api_gateway_stage.prod.arn
      web_acl_arn  = aws_wafv2_web_acl.shop.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Api, ApiStage


def faults(model: ApiStage | Api) -> Iterator[Fault]:
    """A web firewall must be associated."""
    if model.filtered is False:
        yield Fault(path="filtered", found="no web firewall protects it", want=_QUESTION)


_QUESTION = Decision("which web firewall should protect it?")


CONTROL = Control(
    id="filtered-apis",
    title="Public APIs stand behind a web firewall",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("filtered",),
    references=(
        aws_hub("APIGateway.4"),
        aws("apigateway/latest/developerguide/apigateway-control-access-aws-waf"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "ApiStage",
        "Api",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
