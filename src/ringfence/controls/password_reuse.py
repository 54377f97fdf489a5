"""Old passwords cannot be reused.

A password that leaked once is tried for years. Somebody who has to change it should not return to it.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      password_reuse_prevention = 5
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      password_reuse_prevention = 24
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """The last 24 passwords, which is the most that can be asked for, must be refused."""
    if model.reuse_prevention < 24:
        said = f"only the last {model.reuse_prevention} are refused" if model.reuse_prevention else "none is refused"
        yield Fault(path="reuse_prevention", found=said, want=24)


CONTROL = Control(
    id="password-reuse",
    title="Old passwords cannot be reused",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("reuse_prevention",),
    references=(
        cis_aws("1.9"),
        aws_hub("IAM.16"),
        cwe(521),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
