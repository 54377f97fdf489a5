"""Passwords must contain a symbol.

Older versions of the benchmark require each kind of character, which makes guessing harder.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_symbols = false
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      require_symbols = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """A symbol must be asked for."""
    if model.symbols is False:
        yield Fault(path="symbols", found="symbols are not required", want=True)


CONTROL = Control(
    id="password-symbols",
    title="Passwords must contain a symbol",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("symbols",),
    references=(
        aws_hub("IAM.13"),
        terraform("aws/r/iam_account_password_policy"),
        cwe(521),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
