"""Buckets are not made public by their access lists.

Most cloud data leaks came from a bucket that anybody could read. Serve public content through a content delivery
network, from a bucket that is private.

Bad, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
      acl    = "public-read"
    }

Bad, terraform:

    resource "aws_s3_bucket_acl" "data" {
      bucket = aws_s3_bucket.data.id
      acl    = "public-read-write"
    }

Good, terraform:

    resource "aws_s3_bucket_acl" "data" {
      bucket = aws_s3_bucket.data.id
      acl    = "private"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.storage import Bucket, BucketAccess, Reachable


def faults(model: Bucket | BucketAccess) -> Iterator[Fault]:
    """No access list lets everybody, or everybody with any account, in."""
    if model.access in _FOUND:
        yield Fault(path="access", found=_FOUND[model.access], want=Reachable.PRIVATE)


_FOUND = {
    Reachable.PUBLIC_READ: "everybody can read it",
    Reachable.PUBLIC_WRITE: "everybody can write to it",
    Reachable.ACCOUNTS: "everybody with an account of the provider can read it",
}


CONTROL = Control(
    id="no-public-buckets",
    title="Buckets are not made public by their access lists",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("access",),
    references=(
        aws_hub("S3.2"),
        aws_hub("S3.3"),
        aws("AmazonS3/latest/userguide/acl-overview"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "Bucket",
        "BucketAccess",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
