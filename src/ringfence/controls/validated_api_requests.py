"""APIs validate requests.

The API itself refuses a request that lacks what the method needs, before any program has to parse it.

Bad, terraform:

    resource "aws_api_gateway_method" "orders" {
      rest_api_id   = aws_api_gateway_rest_api.shop.id
      resource_id   = aws_api_gateway_resource.orders.id
      http_method   = "POST"
      authorization = "AWS_IAM"
    }

Good, terraform:

    resource "aws_api_gateway_method" "orders" {
      rest_api_id          = aws_api_gateway_rest_api.shop.id
      resource_id          = aws_api_gateway_resource.orders.id
      http_method          = "POST"
      authorization        = "AWS_IAM"
      request_validator_id = aws_api_gateway_request_validator.all.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import ApiMethod


def faults(model: ApiMethod) -> Iterator[Fault]:
    """A validator must be named."""
    if model.validated is False:
        yield Fault(path="validated", found="requests are not checked", want=_QUESTION)


_QUESTION = Decision("which request validator should check them?")


CONTROL = Control(
    id="validated-api-requests",
    title="APIs validate requests",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("validated",),
    references=(
        aws("apigateway/latest/developerguide/api-gateway-method-request-validation"),
        terraform("aws/r/api_gateway_method"),
        cwe(20),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ApiMethod",),
    standards=frozenset({Standard.DEFAULT}),
)
