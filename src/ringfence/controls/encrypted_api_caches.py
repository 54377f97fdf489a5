"""API caches are encrypted.

A cache keeps responses, which contain personal data, for minutes to an hour.

Bad, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        caching_enabled      = true
        cache_data_encrypted = false
      }
    }

Good, terraform:

    resource "aws_api_gateway_method_settings" "all" {
      rest_api_id = aws_api_gateway_rest_api.shop.id
      stage_name  = "prod"
      method_path = "*/*"
      settings {
        caching_enabled      = true
        cache_data_encrypted = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.edge import Api, ApiStage


def faults(model: ApiStage | Api) -> Iterator[Fault]:
    """What is cached must be encrypted, at rest and on its way."""
    if model.cache_encrypted is False:
        yield Fault(path="cache_encrypted", found="its cache is not encrypted", want=True)
    if isinstance(model, Api) and model.cache_tls is False:
        yield Fault(path="cache_tls", found="connections to the cache are not encrypted", want=True)


CONTROL = Control(
    id="encrypted-api-caches",
    title="API caches are encrypted",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "cache_encrypted",
        "cache_tls",
    ),
    references=(
        aws_hub("APIGateway.5"),
        terraform("aws/r/api_gateway_method_settings"),
        terraform("aws/r/appsync_api_cache"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "ApiStage",
        "Api",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
