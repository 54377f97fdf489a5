"""Users may change their own passwords.

Someone who cannot change a leaked password has to wait for somebody who can.

Bad, terraform:

    resource "aws_iam_account_password_policy" "main" {
      allow_users_to_change_password = false
    }

Good, terraform:

    resource "aws_iam_account_password_policy" "main" {
      allow_users_to_change_password = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PasswordPolicy


def faults(model: PasswordPolicy) -> Iterator[Fault]:
    """People must be allowed to change their passwords."""
    if model.changeable is False:
        yield Fault(path="changeable", found="users may not change their own passwords", want=True)


CONTROL = Control(
    id="changeable-passwords",
    title="Users may change their own passwords",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("changeable",),
    references=(
        terraform("aws/r/iam_account_password_policy"),
        aws("IAM/latest/UserGuide/id_credentials_passwords_account-policy"),
        cwe(262),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PasswordPolicy",),
    standards=frozenset({Standard.DEFAULT}),
)
