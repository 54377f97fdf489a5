"""Local disks of data clusters are encrypted.

What jobs cache while they run is the data itself, on disks that others use later.

Bad, terraform:

    resource "aws_emr_security_configuration" "main" {
      configuration = jsonencode({
        EncryptionConfiguration = {
          EnableInTransitEncryption = true
          EnableAtRestEncryption    = true
          AtRestEncryptionConfiguration = {
            S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" }
          }
        }
      })
    }

Good, terraform:

    resource "aws_emr_security_configuration" "main" {
      configuration = jsonencode({
        EncryptionConfiguration = {
          EnableInTransitEncryption = true
          EnableAtRestEncryption    = true
          AtRestEncryptionConfiguration = {
            S3EncryptionConfiguration        = { EncryptionMode = "SSE-S3" }
            LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", EnableEbsEncryption = true }
          }
        }
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.analytics import SecurityConfiguration


def faults(model: SecurityConfiguration) -> Iterator[Fault]:
    """Local disks of data clusters are encrypted."""
    if model.local_disks is False:
        yield Fault(path="local_disks", found="data on local disks: not encrypted", want=_QUESTION)


_QUESTION = Decision("which key should encrypt it?")


CONTROL = Control(
    id="encrypted-local-disks",
    title="Local disks of data clusters are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("local_disks",),
    references=(
        aws_hub("EMR.3"),
        terraform("aws/r/emr_security_configuration"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("SecurityConfiguration",),
    standards=frozenset({Standard.DEFAULT}),
)
