"""Initial passwords are long and changed at first login.

Whoever creates a user knows the initial password, and so does anybody who can read the state or the mail that carried
it.

Bad, terraform:

    resource "aws_iam_user_login_profile" "ann" {
      user            = aws_iam_user.ann.name
      password_length = 8
    }

Good, terraform:

    resource "aws_iam_user_login_profile" "ann" {
      user                    = aws_iam_user.ann.name
      password_reset_required = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import FirstPassword


def faults(model: FirstPassword) -> Iterator[Fault]:
    """A first password has 14 characters or more and does not stay."""
    if model.length < 14:
        yield Fault(path="length", found=f"it has only {model.length} characters", want=20)
    if not model.changed:
        yield Fault(path="changed", found="the initial password need not be changed", want=True)


CONTROL = Control(
    id="changed-first-passwords",
    title="Initial passwords are long and changed at first login",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "changed",
        "length",
    ),
    references=(
        aws("IAM/latest/UserGuide/id_credentials_passwords_admin-change-user"),
        terraform("aws/r/iam_user_login_profile"),
        cwe(521),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("FirstPassword",),
    standards=frozenset({Standard.DEFAULT}),
)
