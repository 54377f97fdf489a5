"""File transfer servers have no public address.

An endpoint in your own network has security groups: only your partners' addresses may try to log in.

Bad, terraform:

    resource "aws_transfer_server" "partners" {
      protocols     = ["SFTP"]
      endpoint_type = "PUBLIC"
    }

Good, terraform:

    resource "aws_transfer_server" "partners" {
      protocols     = ["SFTP"]
      endpoint_type = "VPC"
      endpoint_details {
        vpc_id = aws_vpc.main.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import TransferServer


def faults(model: TransferServer) -> Iterator[Fault]:
    """The endpoint must be in a network of the account's own."""
    if model.public:
        yield Fault(path="public", found="its endpoint is public", want=_QUESTION)


_QUESTION = Decision("in which network should it be?")


CONTROL = Control(
    id="no-public-transfer-servers",
    title="File transfer servers have no public address",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        aws_hub("Transfer.2"),
        aws("transfer/latest/userguide/create-server-in-vpc"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TransferServer",),
    standards=frozenset({Standard.DEFAULT}),
)
