"""Administrator policies are attached to nobody.

`AdministratorAccess` allows everything, and `IAMFullAccess` lets its holder grant themselves the rest. Both are right
for a few people with a second factor, and wrong for a role that a machine or a pipeline assumes.

Bad, terraform:

    resource "aws_iam_role_policy_attachment" "ci" {
      role       = aws_iam_role.ci.name
      policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
    }

Good, terraform:

    resource "aws_iam_role_policy_attachment" "ci" {
      role       = aws_iam_role.ci.name
      policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_aws, cwe
from ringfence.models.cloud.policy import PolicyAttachment


def faults(model: PolicyAttachment) -> Iterator[Fault]:
    """None of the ready policies that make their holder an administrator may be attached."""
    name = model.policy.rpartition("/")[2]
    if name in _ADMIN:
        yield Fault(path="policy", found=f"{name} grants every permission", want=_QUESTION)
    elif name in _WIDE:
        yield Fault(path="policy", found=f"{name} {_WIDE[name]}", want=_QUESTION, severity=Severity.MEDIUM)


_ADMIN = frozenset({"AdministratorAccess", "IAMFullAccess"})
_WIDE = {"AWSCloudShellFullAccess": "lets files be carried in and out of the account"}
_QUESTION = Decision("which permissions are needed?")


CONTROL = Control(
    id="no-admin-attachments",
    title="Administrator policies are attached to nobody",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("policy",),
    references=(
        cis_aws("1.16"),
        aws("aws-managed-policy/latest/reference/AdministratorAccess"),
        cwe(250),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyAttachment",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
