"""Buckets send event notifications.

Objects that appear, change or vanish unnoticed are discovered late. Notifications let something inspect each of them.

Bad, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

Good, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

    resource "aws_s3_bucket_notification" "orders" {
      bucket = aws_s3_bucket.orders.id

      topic {
        topic_arn = aws_sns_topic.objects.arn
        events    = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.buckets import BucketCare


def faults(model: BucketCare) -> Iterator[Fault]:
    """Somebody is told."""
    if model.tells is False:
        yield Fault(path="tells", found="it sends no notifications", want=_QUESTION)


_QUESTION = Decision("who should be notified?")


CONTROL = Control(
    id="telling-buckets",
    title="Buckets send event notifications",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tells",),
    references=(
        aws_hub("S3.11"),
        terraform("aws/r/s3_bucket_notification"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BucketCare",),
    standards=frozenset({Standard.DEFAULT}),
)
