"""API domain names accept TLS 1.2 and newer only.

TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). Every client of the last ten years supports 1.2.

Bad, terraform:

    resource "aws_api_gateway_domain_name" "shop" {
      domain_name     = "api.example.com"
      security_policy = "TLS_1_0"
    }

Good, terraform:

    resource "aws_api_gateway_domain_name" "shop" {
      domain_name     = "api.example.com"
      security_policy = "TLS_1_2"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls, taken
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import Api, ApiDomain


def faults(model: Api | ApiDomain) -> Iterator[Fault]:
    """The oldest version that is taken must be 1.2 or newer."""
    if model.min_tls is not None and is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=taken(model.min_tls), want="1.2")


CONTROL = Control(
    id="current-api-tls",
    title="API domain names accept TLS 1.2 and newer only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
    references=(
        aws("apigateway/latest/developerguide/apigateway-custom-domain-tls-version"),
        terraform("aws/r/api_gateway_domain_name"),
        cwe(326),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "Api",
        "ApiDomain",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
