"""Buckets cannot be made public by mistake.

One wrong access list or policy makes a bucket public. Blocking public access, on the bucket or on the whole account,
overrides them all.

Bad, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

Good, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

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
from ringfence.controls.references import aws_hub, cis_aws, cis_azure, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Buckets cannot be made public by mistake."""
    if model.access_blocked is False:
        yield Fault(path="access_blocked", found="public access is not blocked", want=True)


CONTROL = Control(
    id="public-access-blocked",
    title="Buckets cannot be made public by mistake",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("access_blocked",),
    references=(
        cis_azure("3.7"),
        cis_aws("2.1.4"),
        aws_hub("S3.8"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS, Standard.CIS_AZURE}),
)
