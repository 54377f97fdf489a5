"""Passwords must contain a lower-case letter.

Older versions of the benchmark require each kind of character, which makes guessing harder.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_lowercase_characters = false
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_lowercase_characters = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """A lower-case letter must be asked for."""
    if model.lowercase is False:
        yield Fault(path="lowercase", found="lower-case letters are not required", want=True)


CONTROL = Control(
    id="password-lowercase",
    title="Passwords must contain a lower-case letter",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("lowercase",),
    references=(
        aws_hub("IAM.12"),
        terraform("aws/r/iam_account_password_policy"),
        cwe(521),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
