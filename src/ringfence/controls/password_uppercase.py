"""Passwords must contain an upper-case letter.

Older versions of the benchmark require each kind of character, which makes guessing harder.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_uppercase_characters = false
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_uppercase_characters = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """An upper-case letter must be asked for."""
    if model.uppercase is False:
        yield Fault(path="uppercase", found="upper-case letters are not required", want=True)


CONTROL = Control(
    id="password-uppercase",
    title="Passwords must contain an upper-case letter",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("uppercase",),
    references=(
        aws_hub("IAM.11"),
        terraform("aws/r/iam_account_password_policy"),
        cwe(521),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
