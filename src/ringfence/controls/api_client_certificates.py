"""APIs authenticate themselves to their backends.

With a client certificate, the backend can refuse everybody who bypasses the API.

Bad, terraform:

    resource "aws_api_gateway_stage" "prod" {
      stage_name    = "prod"
      rest_api_id   = aws_api_gateway_rest_api.shop.id
      deployment_id = aws_api_gateway_deployment.shop.id
    }

Good, terraform:

    resource "aws_api_gateway_stage" "prod" {
      stage_name            = "prod"
      rest_api_id           = aws_api_gateway_rest_api.shop.id
      deployment_id         = aws_api_gateway_deployment.shop.id
      client_certificate_id = aws_api_gateway_client_certificate.shop.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import ApiStage


def faults(model: ApiStage) -> Iterator[Fault]:
    """A client certificate must be named."""
    if model.client_certificate is False:
        yield Fault(path="client_certificate", found="it presents no client certificate to its backend", want=_QUESTION)


_QUESTION = Decision("which client certificate should it present?")


CONTROL = Control(
    id="api-client-certificates",
    title="APIs authenticate themselves to their backends",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("client_certificate",),
    references=(
        aws_hub("APIGateway.2"),
        aws("apigateway/latest/developerguide/getting-started-client-side-ssl-authentication"),
        cwe(295),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ApiStage",),
    standards=frozenset({Standard.DEFAULT}),
)
