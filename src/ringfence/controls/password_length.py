"""Passwords have at least fourteen characters.

Each additional character makes guessing many times harder. Fourteen is what the benchmark asks for.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      minimum_password_length = 8
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      minimum_password_length = 16
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """The least length must be 14 or more."""
    if model.min_length < 14:
        yield Fault(path="min_length", found=f"{model.min_length} characters are accepted", want=14)


CONTROL = Control(
    id="password-length",
    title="Passwords have at least fourteen characters",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_length",),
    references=(
        cis_aws("1.8"),
        aws_hub("IAM.15"),
        cwe(521),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
