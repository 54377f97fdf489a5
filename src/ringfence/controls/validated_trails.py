"""Tampering with a trail's files is detected.

Intruders remove their traces. With digests that the provider signs, a record that was changed or deleted is detected.

Bad, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
    }

Good, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
      enable_log_file_validation = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.record import Trail


def faults(model: Trail) -> Iterator[Fault]:
    """Files are validated."""
    if model.validated is False:
        yield Fault(path="validated", found="tampering with its files would not be noticed", want=True)


CONTROL = Control(
    id="validated-trails",
    title="Tampering with a trail's files is detected",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("validated",),
    references=(
        cis_aws("3.2"),
        aws_hub("CloudTrail.4"),
        cwe(354),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Trail",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
