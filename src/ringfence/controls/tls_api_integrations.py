"""APIs use TLS to private backends.

Through a VPC link an HTTP API calls its backend over plain HTTP, unless a `tls_config` says otherwise: whoever listens
in the network reads requests and tokens, or answers in the backend's place.

Bad, terraform:

    resource "aws_apigatewayv2_integration" "orders" {
      api_id             = aws_apigatewayv2_api.shop.id
      integration_type   = "HTTP_PROXY"
      integration_method = "ANY"
      integration_uri    = aws_lb_listener.orders.arn
      connection_type    = "VPC_LINK"
      connection_id      = aws_apigatewayv2_vpc_link.shop.id
    }

Good, terraform:

    resource "aws_apigatewayv2_integration" "orders" {
      api_id             = aws_apigatewayv2_api.shop.id
      integration_type   = "HTTP_PROXY"
      integration_method = "ANY"
      integration_uri    = aws_lb_listener.orders.arn
      connection_type    = "VPC_LINK"
      connection_id      = aws_apigatewayv2_vpc_link.shop.id

      tls_config {
        server_name_to_verify = "orders.example.com"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import ApiIntegration


def faults(model: ApiIntegration) -> Iterator[Fault]:
    """Backends must not be called over HTTP."""
    if model.tls is False:
        yield Fault(path="tls", found="its private backend is called over plain HTTP", want=_QUESTION)


_QUESTION = Decision("which name should its certificate have? add a tls_config")


CONTROL = Control(
    id="tls-api-integrations",
    title="APIs use TLS to private backends",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tls",),
    references=(
        aws("config/latest/developerguide/apigatewayv2-integration-private-https-enabled"),
        terraform("aws/r/apigatewayv2_integration"),
        cwe(319),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ApiIntegration",),
    standards=frozenset({Standard.DEFAULT}),
)
