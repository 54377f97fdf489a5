"""Buckets are replicated to another region.

A region can fail, and an intruder can empty an account. A copy somewhere else, with separate permissions, survives
both.

Bad, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

Good, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

    resource "aws_s3_bucket_replication_configuration" "orders" {
      bucket = aws_s3_bucket.orders.id
      role   = aws_iam_role.copies.arn

      rule {
        id     = "all"
        status = "Enabled"

        destination {
          bucket = "arn:aws:s3:::example-orders-copy"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.buckets import BucketCare


def faults(model: BucketCare) -> Iterator[Fault]:
    """Some rule that is on copies it."""
    if model.replicated is False:
        yield Fault(path="replicated", found="it is in one region only", want=_QUESTION)


_QUESTION = Decision("which bucket should it be replicated to?")


CONTROL = Control(
    id="replicated-buckets",
    title="Buckets are replicated to another region",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("replicated",),
    references=(
        aws_hub("S3.7"),
        terraform("aws/r/s3_bucket_replication_configuration"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BucketCare",),
    standards=frozenset({Standard.DEFAULT}),
)
