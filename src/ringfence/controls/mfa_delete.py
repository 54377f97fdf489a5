"""Deleting old object versions requires a second factor.

Somebody with a stolen key can delete every version of every object in a bucket, unless that also requires a code.
Only the account's root user can turn this on.

Bad, terraform:

    resource "aws_s3_bucket_versioning" "data" {
      bucket = aws_s3_bucket.data.id
      versioning_configuration {
        status = "Enabled"
      }
    }

Good, terraform:

    resource "aws_s3_bucket_versioning" "data" {
      bucket = aws_s3_bucket.data.id
      mfa    = "arn:aws:iam::123456789012:mfa/root 123456"
      versioning_configuration {
        status     = "Enabled"
        mfa_delete = "Enabled"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Deleting needs a second factor."""
    if model.mfa_delete is False:
        yield Fault(path="mfa_delete", found="deleting versions needs no second factor", want=_QUESTION)


_QUESTION = Decision("turn it on as the account's root user; nobody else can")


CONTROL = Control(
    id="mfa-delete",
    title="Deleting old object versions requires a second factor",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("mfa_delete",),
    references=(
        cis_aws("2.1.2"),
        aws_hub("S3.20"),
        cwe(308),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
