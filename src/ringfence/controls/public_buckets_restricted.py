"""Buckets with a public policy are restricted to the account.

A policy that is already public stays effective until access is restricted to the account.

Bad, terraform:

    resource "aws_s3_bucket_public_access_block" "data" {
      bucket                  = aws_s3_bucket.data.id
      block_public_acls       = true
      block_public_policy     = true
      ignore_public_acls      = true
      restrict_public_buckets = false
    }

Good, terraform:

    resource "aws_s3_bucket_public_access_block" "data" {
      bucket                  = aws_s3_bucket.data.id
      block_public_acls       = true
      block_public_policy     = true
      ignore_public_acls      = true
      restrict_public_buckets = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, terraform
from ringfence.models.cloud.storage import BucketAccess


def faults(model: BucketAccess) -> Iterator[Fault]:
    """Buckets with a public policy are restricted to the account."""
    if model.restricts is False:
        yield Fault(path="restricts", found="a public policy lets everybody in", want=True)


CONTROL = Control(
    id="public-buckets-restricted",
    title="Buckets with a public policy are restricted to the account",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("restricts",),
    references=(
        cis_aws("2.1.4"),
        aws_hub("S3.8"),
        terraform("aws/r/s3_bucket_public_access_block"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("BucketAccess",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
