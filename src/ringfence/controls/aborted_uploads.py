"""Incomplete multipart uploads are deleted.

A multipart upload that breaks off leaves its parts behind. They appear in no listing, cost money, and hold data that
nobody knows about.

Bad, terraform:

    resource "aws_s3_bucket_lifecycle_configuration" "orders" {
      bucket = aws_s3_bucket.orders.id

      rule {
        id     = "old"
        status = "Enabled"
        filter {}

        expiration {
          days = 400
        }
      }
    }

Good, terraform:

    resource "aws_s3_bucket_lifecycle_configuration" "orders" {
      bucket = aws_s3_bucket.orders.id

      rule {
        id     = "old"
        status = "Enabled"
        filter {}

        expiration {
          days = 400
        }

        abort_incomplete_multipart_upload {
          days_after_initiation = 7
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.buckets import BucketCare


def faults(model: BucketCare) -> Iterator[Fault]:
    """A rule that holds for all of the bucket deletes them."""
    if model.aborts is False:
        yield Fault(path="aborts", found="no rule deletes incomplete uploads in the whole bucket", want=_QUESTION)


_QUESTION = Decision("after how many days should incomplete uploads be deleted? seven are usual")


CONTROL = Control(
    id="aborted-uploads",
    title="Incomplete multipart uploads are deleted",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("aborts",),
    references=(
        aws("AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config"),
        terraform("aws/r/s3_bucket_lifecycle_configuration"),
        cwe(459),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BucketCare",),
    standards=frozenset({Standard.DEFAULT}),
)
