"""APIs are private unless they must be public.

An API that only other services call needs no address on the internet. One that must be public says so with a waiver.

Bad, terraform:

    resource "aws_api_gateway_rest_api" "shop" {
      name = "shop"
      endpoint_configuration {
        types = ["EDGE"]
      }
    }

Good, terraform:

    resource "aws_api_gateway_rest_api" "shop" {
      name = "shop"
      endpoint_configuration {
        types = ["PRIVATE"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import Api


def faults(model: Api) -> Iterator[Fault]:
    """It must be reached from a private network only."""
    if model.public:
        yield Fault(path="public", found="it is reachable from the internet", want=_QUESTION)


_QUESTION = Decision("which private network is it called from?")


CONTROL = Control(
    id="private-apis",
    title="APIs are private unless they must be public",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        aws("apigateway/latest/developerguide/apigateway-private-apis"),
        terraform("aws/r/api_gateway_rest_api"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Api",),
    standards=frozenset({Standard.DEFAULT}),
)
