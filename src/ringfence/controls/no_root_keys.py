"""The root user has no access keys.

No policy can restrict a key of the root user. Anybody who finds it owns the account.

Bad, terraform:

    resource "aws_iam_access_key" "root" {
      user = "root"
    }

Good, terraform:

    resource "aws_iam_access_key" "mail" {
      user = aws_iam_user.mail.name
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.policy import AccessKey


def faults(model: AccessKey) -> Iterator[Fault]:
    """The root user must have no active key."""
    if model.active and model.owner.lower() in ("root", "<root_account>"):
        yield Fault(path="owner", found="the key belongs to the root user", want=_QUESTION, rests_on=("active",))


_QUESTION = Decision("which user or role needs it?")


CONTROL = Control(
    id="no-root-keys",
    title="The root user has no access keys",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("owner",),
    references=(
        cis_aws("1.4"),
        aws_hub("IAM.4"),
        cwe(250),
        cwe(798),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("AccessKey",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
