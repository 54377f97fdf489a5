"""APIs require more than an API key.

An API key sits in every page and app that uses it: it identifies the program that calls, not the person.

Bad, terraform:

    resource "aws_appsync_graphql_api" "shop" {
      name                = "shop"
      authentication_type = "API_KEY"
    }

Good, terraform:

    resource "aws_appsync_graphql_api" "shop" {
      name                = "shop"
      authentication_type = "AMAZON_COGNITO_USER_POOLS"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Api


def faults(model: Api) -> Iterator[Fault]:
    """Callers must prove who they are."""
    if model.key_only:
        yield Fault(path="key_only", found="an API key is all that callers need", want=_QUESTION)


_QUESTION = Decision("how should callers authenticate?")


CONTROL = Control(
    id="no-key-only-apis",
    title="APIs require more than an API key",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("key_only",),
    references=(
        aws_hub("AppSync.5"),
        aws("appsync/latest/devguide/security-authz"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Api",),
    standards=frozenset({Standard.DEFAULT}),
)
