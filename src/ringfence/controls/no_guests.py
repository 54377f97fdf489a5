"""Anonymous users get no credentials.

An identity pool that accepts anonymous users gives everybody on the internet the credentials of a role.

Bad, terraform:

    resource "aws_cognito_identity_pool" "shop" {
      identity_pool_name               = "shop"
      allow_unauthenticated_identities = true
    }

Good, terraform:

    resource "aws_cognito_identity_pool" "shop" {
      identity_pool_name               = "shop"
      allow_unauthenticated_identities = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import UserPool


def faults(model: UserPool) -> Iterator[Fault]:
    """Callers must have an account."""
    if model.guests:
        yield Fault(path="guests", found="anonymous users get credentials", want=False)


CONTROL = Control(
    id="no-guests",
    title="Anonymous users get no credentials",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("guests",),
    references=(
        aws("cognito/latest/developerguide/identity-pools"),
        terraform("aws/r/cognito_identity_pool"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("UserPool",),
    standards=frozenset({Standard.DEFAULT}),
)
