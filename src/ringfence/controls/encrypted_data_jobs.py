"""Security configurations encrypt data at rest.

A security configuration that leaves encryption off suggests a protection that is not there.

Bad, terraform:

    resource "aws_emr_security_configuration" "main" {
      configuration = jsonencode({
        EncryptionConfiguration = {
          EnableInTransitEncryption = true
          EnableAtRestEncryption    = false
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

Bad, terraform:

    resource "aws_glue_security_configuration" "main" {
      name = "main"
      encryption_configuration {
        cloudwatch_encryption {
          cloudwatch_encryption_mode = "DISABLED"
        }
        job_bookmarks_encryption {
          job_bookmarks_encryption_mode = "CSE-KMS"
          kms_key_arn                   = aws_kms_key.main.arn
        }
        s3_encryption {
          s3_encryption_mode = "SSE-KMS"
          kms_key_arn        = aws_kms_key.main.arn
        }
      }
    }

Good, terraform:

    resource "aws_glue_security_configuration" "main" {
      name = "main"
      encryption_configuration {
        cloudwatch_encryption {
          cloudwatch_encryption_mode = "SSE-KMS"
          kms_key_arn                = aws_kms_key.main.arn
        }
        job_bookmarks_encryption {
          job_bookmarks_encryption_mode = "CSE-KMS"
          kms_key_arn                   = aws_kms_key.main.arn
        }
        s3_encryption {
          s3_encryption_mode = "SSE-KMS"
          kms_key_arn        = aws_kms_key.main.arn
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.analytics import SecurityConfiguration


def faults(model: SecurityConfiguration) -> Iterator[Fault]:
    """Stores, logs and bookmarks must be encrypted where the configuration speaks of them."""
    for field, what in (
        ("at_rest", "data in stores"),
        ("logs", "logs"),
        ("bookmarks", "bookmarks of jobs"),
    ):
        if getattr(model, field) is False:
            yield Fault(path=field, found=f"{what}: not encrypted", want=_QUESTION)


_QUESTION = Decision("which key should encrypt it?")


CONTROL = Control(
    id="encrypted-data-jobs",
    title="Security configurations encrypt data at rest",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "at_rest",
        "logs",
        "bookmarks",
    ),
    references=(
        aws_hub("EMR.3"),
        aws("emr/latest/ManagementGuide/emr-create-security-configuration"),
        aws("glue/latest/dg/console-security-configurations"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("SecurityConfiguration",),
    standards=frozenset({Standard.DEFAULT}),
)
