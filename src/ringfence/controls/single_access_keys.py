"""Users have at most one access key.

A second key can leak just as well, and nobody notices when it is used. Two are needed only during a rotation.

Bad, terraform:

    resource "aws_iam_access_key" "mail" {
      user = aws_iam_user.mail.name
    }

    resource "aws_iam_access_key" "mail_too" {
      user = aws_iam_user.mail.name
    }

Good, terraform:

    resource "aws_iam_access_key" "mail" {
      user = aws_iam_user.mail.name
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_aws, cwe
from ringfence.models.cloud.policy import AccessKey


def faults(model: AccessKey) -> Iterator[Fault]:
    """No two active keys may be of the same user."""
    if model.single is False:
        yield Fault(path="single", found="its user has another access key", want=_QUESTION)


_QUESTION = Decision("which of the two keys is in use? delete the other")


CONTROL = Control(
    id="single-access-keys",
    title="Users have at most one access key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("single",),
    references=(
        cis_aws("1.13"),
        aws("IAM/latest/UserGuide/id_credentials_access-keys"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AccessKey",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
