"""Users of an application can enrol a second factor.

Attackers try passwords that leaked elsewhere. A second factor stops that.

Bad, terraform:

    resource "aws_cognito_user_pool" "shop" {
      name              = "shop"
      mfa_configuration = "OFF"
    }

Good, terraform:

    resource "aws_cognito_user_pool" "shop" {
      name              = "shop"
      mfa_configuration = "ON"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import UserPool


def faults(model: UserPool) -> Iterator[Fault]:
    """A second factor must be possible."""
    if model.second_factor == "off":
        yield Fault(path="second_factor", found="only a password protects it", want=_QUESTION)


_QUESTION = Decision("which second factor do users have?")


CONTROL = Control(
    id="second-factor-for-users",
    title="Users of an application can enrol a second factor",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("second_factor",),
    references=(
        aws("cognito/latest/developerguide/user-pool-settings-mfa"),
        terraform("aws/r/cognito_user_pool"),
        cwe(308),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("UserPool",),
    standards=frozenset({Standard.DEFAULT}),
)
