"""Public access lists of buckets are ignored.

What was made public before stays public until its access lists are ignored.

Bad, terraform:

    resource "aws_s3_bucket_public_access_block" "data" {
      bucket                  = aws_s3_bucket.data.id
      block_public_acls       = true
      block_public_policy     = true
      ignore_public_acls      = false
      restrict_public_buckets = true
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
    """Public access lists of buckets are ignored."""
    if model.ignores_lists is False:
        yield Fault(path="ignores_lists", found="public access lists count", want=True)


CONTROL = Control(
    id="public-lists-ignored",
    title="Public access lists of buckets are ignored",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ignores_lists",),
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
