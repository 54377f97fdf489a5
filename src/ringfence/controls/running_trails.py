"""Trails are on.

A trail that is off records nothing, and looks as if it did.

Bad, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
      enable_logging = false
    }

Good, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
      enable_logging = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.record import Trail


def faults(model: Trail) -> Iterator[Fault]:
    """It runs."""
    if not model.enabled:
        yield Fault(path="enabled", found="nothing is recorded", want=True)


CONTROL = Control(
    id="running-trails",
    title="Trails are on",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        aws_hub("CloudTrail.1"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Trail",),
    standards=frozenset({Standard.DEFAULT}),
)
