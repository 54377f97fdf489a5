"""Buckets declare their encryption.

Since 2023, S3 encrypts new objects with a key of its own whatever the configuration says. Declaring it shows that
somebody thought about which key to use. Nothing new is unencrypted without it, so this is of low severity and stops no
build by itself.

Bad, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

Good, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

    resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
      bucket = aws_s3_bucket.data.id
      rule {
        apply_server_side_encryption_by_default {
          sse_algorithm = "aws:kms"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """A rule for encryption stands there."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="it does not declare its encryption", want=True)


CONTROL = Control(
    id="encrypted-buckets",
    title="Buckets declare their encryption",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws("AmazonS3/latest/userguide/default-bucket-encryption"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT}),
)
