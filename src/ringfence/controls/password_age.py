"""Passwords expire after ninety days.

Older versions of the benchmark ask for it: a leaked password that nobody noticed becomes worthless after a while.
NIST no longer asks for it if there is a second factor.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      max_password_age = 180
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      max_password_age = 90
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """Passwords must expire within 90 days."""
    if not 0 < model.max_age_days <= 90:
        said = f"they expire after {model.max_age_days} days" if model.max_age_days else "they never expire"
        yield Fault(path="max_age_days", found=said, want=90)


CONTROL = Control(
    id="password-age",
    title="Passwords expire after ninety days",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("max_age_days",),
    references=(
        aws_hub("IAM.17"),
        terraform("aws/r/iam_account_password_policy"),
        cwe(262),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
