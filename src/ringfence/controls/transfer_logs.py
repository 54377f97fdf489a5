"""File transfer servers log logins.

The logs say which partner connected from where and took which files.

Bad, terraform:

    resource "aws_transfer_server" "partners" {
      protocols = ["SFTP"]
    }

Good, terraform:

    resource "aws_transfer_server" "partners" {
      protocols                   = ["SFTP"]
      structured_log_destinations = ["${aws_cloudwatch_log_group.partners.arn}:*"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import TransferServer


def faults(model: TransferServer) -> Iterator[Fault]:
    """Logs must be kept."""
    if model.logging is False:
        yield Fault(path="logging", found="logins and transfers are not logged", want=_QUESTION)


_QUESTION = Decision("which log group should it go to?")


CONTROL = Control(
    id="transfer-logs",
    title="File transfer servers log logins",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("Transfer.3"),
        aws("transfer/latest/userguide/structured-logging"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TransferServer",),
    standards=frozenset({Standard.DEFAULT}),
)
