"""File transfer servers use current algorithms.

The oldest policies, from 2018 and 2020, accept key exchanges and ciphers that are broken or weak. The one from 2018
is the default.

Bad, terraform:

    resource "aws_transfer_server" "partners" {
      protocols            = ["SFTP"]
      security_policy_name = "TransferSecurityPolicy-2018-11"
    }

Good, terraform:

    resource "aws_transfer_server" "partners" {
      protocols            = ["SFTP"]
      security_policy_name = "TransferSecurityPolicy-2024-01"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import TransferServer


def faults(model: TransferServer) -> Iterator[Fault]:
    """The policy must be one of 2022 or later."""
    if model.current_policy is False:
        yield Fault(path="current_policy", found="its security policy accepts old algorithms", want=True)


CONTROL = Control(
    id="current-transfer-policy",
    title="File transfer servers use current algorithms",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("current_policy",),
    references=(
        aws("transfer/latest/userguide/security-policies"),
        terraform("aws/r/transfer_server"),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TransferServer",),
    standards=frozenset({Standard.DEFAULT}),
)
