"""Buckets have lifecycle rules.

What nobody deletes is kept for ever: it costs money, and it can be stolen long after it was of use. Lifecycle rules
say what is moved to cheaper storage and what is deleted, and when.

Bad, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

Good, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

    resource "aws_s3_bucket_lifecycle_configuration" "orders" {
      bucket = aws_s3_bucket.orders.id

      rule {
        id     = "old"
        status = "Enabled"
        filter {}

        noncurrent_version_expiration {
          noncurrent_days = 90
        }

        abort_incomplete_multipart_upload {
          days_after_initiation = 7
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.buckets import BucketCare


def faults(model: BucketCare) -> Iterator[Fault]:
    """Some rule says what becomes of old data."""
    if model.expires is False:
        yield Fault(path="expires", found="it has no lifecycle rules", want=_QUESTION)


_QUESTION = Decision("what should be moved or deleted, and when?")


CONTROL = Control(
    id="bucket-lifecycles",
    title="Buckets have lifecycle rules",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("expires",),
    references=(
        aws_hub("S3.13"),
        terraform("aws/r/s3_bucket_lifecycle_configuration"),
        cwe(459),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BucketCare",),
    standards=frozenset({Standard.DEFAULT}),
)
