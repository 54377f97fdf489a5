"""APIs limit how often they are called.

Without a limit one caller uses up what all share, and the bill grows.

Bad, terraform:

    resource "aws_api_gateway_stage" "a" {
      stage_name    = "prod"
      rest_api_id   = aws_api_gateway_rest_api.a.id
      deployment_id = aws_api_gateway_deployment.a.id
    }

Good, terraform:

    resource "aws_api_gateway_stage" "a" {
      stage_name    = "prod"
      rest_api_id   = aws_api_gateway_rest_api.a.id
      deployment_id = aws_api_gateway_deployment.a.id
    }

    resource "aws_api_gateway_usage_plan" "a" {
      name = "partners"

      api_stages {
        api_id = aws_api_gateway_rest_api.a.id
        stage  = aws_api_gateway_stage.a.stage_name
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import ApiMetering


def faults(model: ApiMetering) -> Iterator[Fault]:
    """APIs limit how often they are called."""
    if not model.planned:
        yield Fault(path="planned", found="no usage plan limits its callers", want=_QUESTION)


_QUESTION = Decision("how often may it be called? add an aws_api_gateway_usage_plan")


CONTROL = Control(
    id="metered-apis",
    title="APIs limit how often they are called",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("planned",),
    references=(
        terraform("aws/r/api_gateway_usage_plan"),
        cwe(770),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ApiMetering",),
    standards=frozenset({Standard.DEFAULT}),
)
