"""Shell sessions on machines are encrypted with a customer-managed key.

A key of your own is a second lock on who may open a shell, and protects what is typed there beyond TLS.

Bad, terraform:

    resource "aws_ssm_document" "sessions" {
      name            = "SSM-SessionManagerRunShell"
      document_type   = "Session"
      document_format = "JSON"
      content = jsonencode({
        schemaVersion = "1.0"
        sessionType   = "Standard_Stream"
        inputs = {
          kmsKeyId = ""
        }
      })
    }

Good, terraform:

    resource "aws_ssm_document" "sessions" {
      name            = "SSM-SessionManagerRunShell"
      document_type   = "Session"
      document_format = "JSON"
      content = jsonencode({
        schemaVersion = "1.0"
        sessionType   = "Standard_Stream"
        inputs = {
          kmsKeyId = aws_kms_key.sessions.arn
        }
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import SessionSettings


def faults(model: SessionSettings) -> Iterator[Fault]:
    """A key must be named."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="sessions are not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should sessions use?")


CONTROL = Control(
    id="encrypted-sessions",
    title="Shell sessions on machines are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws("systems-manager/latest/userguide/session-preferences-enable-encryption"),
        terraform("aws/r/ssm_document"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SessionSettings",),
    standards=frozenset({Standard.DEFAULT}),
)
