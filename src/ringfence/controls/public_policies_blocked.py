"""No public policy can be added to a bucket.

A single policy with a star makes the whole bucket public.

Bad, terraform:

    resource "aws_s3_bucket_public_access_block" "data" {
      bucket                  = aws_s3_bucket.data.id
      block_public_acls       = true
      block_public_policy     = false
      ignore_public_acls      = true
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
    """No public policy can be added to a bucket."""
    if model.blocks_policies is False:
        yield Fault(path="blocks_policies", found="a public policy can be added", want=True)


CONTROL = Control(
    id="public-policies-blocked",
    title="No public policy can be added to a bucket",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("blocks_policies",),
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
