"""Data catalogues are encrypted.

A catalogue knows where all the data is and what it looks like, and its connections contain database passwords.

Bad, terraform:

    resource "aws_glue_data_catalog_encryption_settings" "main" {
      data_catalog_encryption_settings {
        connection_password_encryption {
          return_connection_password_encrypted = false
        }
        encryption_at_rest {
          catalog_encryption_mode = "SSE-KMS"
          sse_aws_kms_key_id      = aws_kms_key.main.arn
        }
      }
    }

Good, terraform:

    resource "aws_glue_data_catalog_encryption_settings" "main" {
      data_catalog_encryption_settings {
        connection_password_encryption {
          return_connection_password_encrypted = true
          aws_kms_key_id                       = aws_kms_key.main.arn
        }
        encryption_at_rest {
          catalog_encryption_mode = "SSE-KMS"
          sse_aws_kms_key_id      = aws_kms_key.main.arn
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.analytics import DataCatalog


def faults(model: DataCatalog) -> Iterator[Fault]:
    """What the catalogue knows, and the passwords in it, must be encrypted."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="its metadata is not encrypted", want=_QUESTION)
    if model.passwords_encrypted is False:
        yield Fault(path="passwords_encrypted", found="passwords in it are not encrypted", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="encrypted-catalogs",
    title="Data catalogues are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "encrypted",
        "passwords_encrypted",
    ),
    references=(
        aws("glue/latest/dg/encrypt-glue-data-catalog"),
        terraform("aws/r/glue_data_catalog_encryption_settings"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataCatalog",),
    standards=frozenset({Standard.DEFAULT}),
)
