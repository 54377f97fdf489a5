"""APIs authorise the caller.

A method without authorisation runs for anybody on the internet. One that must be open says so with a waiver.

Bad, terraform:

    resource "aws_api_gateway_method" "orders" {
      rest_api_id   = aws_api_gateway_rest_api.shop.id
      resource_id   = aws_api_gateway_resource.orders.id
      http_method   = "POST"
      authorization = "NONE"
    }

Good, terraform:

    resource "aws_api_gateway_method" "orders" {
      rest_api_id   = aws_api_gateway_rest_api.shop.id
      resource_id   = aws_api_gateway_resource.orders.id
      http_method   = "POST"
      authorization = "AWS_IAM"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import ApiMethod


def faults(model: ApiMethod) -> Iterator[Fault]:
    """Each method must ask who calls, or for a key at least; not OPTIONS, which browsers ask without a name."""
    if not (model.authorized or model.key_required or model.private or model.verb in _ASKING):
        yield Fault(path="authorized", found=f"anybody may call {model.verb}", want=_QUESTION)


#: What browsers send before they call; the shorter word is often meant for it.
_ASKING = ("OPTIONS", "OPTION")
_QUESTION = Decision("who may call it, and how do they authenticate?")


CONTROL = Control(
    id="authorized-apis",
    title="APIs authorise the caller",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("authorized",),
    references=(
        aws_hub("APIGateway.8"),
        aws("apigateway/latest/developerguide/apigateway-control-access-to-api"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ApiMethod",),
    standards=frozenset({Standard.DEFAULT}),
)
