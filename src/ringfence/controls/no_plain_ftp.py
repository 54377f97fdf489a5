"""File transfer servers do not use FTP without TLS.

FTP sends passwords and files in plain text. SFTP and FTPS do not.

Bad, terraform:

    resource "aws_transfer_server" "partners" {
      endpoint_type = "VPC"
      protocols     = ["SFTP", "FTP"]
    }

Good, terraform:

    resource "aws_transfer_server" "partners" {
      endpoint_type = "VPC"
      protocols     = ["SFTP"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.edge import TransferServer


def faults(model: TransferServer) -> Iterator[Fault]:
    """Plain FTP must not be among the protocols."""
    for index, one in enumerate(model.protocols):
        if one == "ftp":
            yield Fault(path=f"protocols[{index}]", found="it offers FTP without TLS", want=REMOVE)


CONTROL = Control(
    id="no-plain-ftp",
    title="File transfer servers do not use FTP without TLS",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("protocols",),
    references=(
        aws_hub("Transfer.2"),
        terraform("aws/r/transfer_server"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TransferServer",),
    standards=frozenset({Standard.DEFAULT}),
)
