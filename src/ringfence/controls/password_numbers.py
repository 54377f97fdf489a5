"""Passwords must contain a digit.

Older versions of the benchmark require each kind of character, which makes guessing harder.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_numbers = false
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_numbers = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """A digit must be asked for."""
    if model.numbers is False:
        yield Fault(path="numbers", found="digits are not required", want=True)


CONTROL = Control(
    id="password-numbers",
    title="Passwords must contain a digit",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("numbers",),
    references=(
        aws_hub("IAM.14"),
        terraform("aws/r/iam_account_password_policy"),
        cwe(521),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
