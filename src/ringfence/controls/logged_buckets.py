"""Access to buckets is logged.

After a leak the first question is who read what. Access logs answer it. The bucket that receives the logs needs none.

Bad, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

Good, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

    resource "aws_s3_bucket_logging" "data" {
      bucket        = aws_s3_bucket.data.id
      target_bucket = aws_s3_bucket.logs.id
      target_prefix = "data/"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Access is logged."""
    if model.logged is False:
        yield Fault(path="logged", found="access to it is not logged", want=_QUESTION)


_QUESTION = Decision("which bucket should the access logs go to?")


CONTROL = Control(
    id="logged-buckets",
    title="Access to buckets is logged",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logged",),
    references=(
        aws_hub("S3.9"),
        cis_aws("3.4"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT}),
)
