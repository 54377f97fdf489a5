"""Shell sessions on machines are logged, encrypted.

Without a log nobody knows what was done in a session. With an unencrypted one, everybody who can read the bucket
knows.

Bad, terraform:

    resource "aws_ssm_document" "sessions" {
      name            = "SSM-SessionManagerRunShell"
      document_type   = "Session"
      document_format = "JSON"
      content = jsonencode({
        schemaVersion = "1.0"
        sessionType   = "Standard_Stream"
        inputs = {
          s3BucketName        = "sessions"
          s3EncryptionEnabled = false
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
          s3BucketName        = "sessions"
          s3EncryptionEnabled = true
        }
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import SessionSettings


def faults(model: SessionSettings) -> Iterator[Fault]:
    """Sessions must be logged, and their logs encrypted."""
    if not model.logged:
        question = Decision("which log group or bucket should session logs go to?")
        yield Fault(path="logged", found="sessions are not logged", want=question)
    if model.logs_encrypted is False:
        yield Fault(path="logs_encrypted", found="session logs are not encrypted", want=True)


CONTROL = Control(
    id="logged-sessions",
    title="Shell sessions on machines are logged, encrypted",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "logged",
        "logs_encrypted",
    ),
    references=(
        aws("systems-manager/latest/userguide/session-manager-logging"),
        terraform("aws/r/ssm_document"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SessionSettings",),
    standards=frozenset({Standard.DEFAULT}),
)
