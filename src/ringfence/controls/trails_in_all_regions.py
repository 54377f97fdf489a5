"""Trails record every region.

An attacker works in the region where nobody looks. A trail for all regions costs no more.

Bad, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
    }

Good, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
      is_multi_region_trail = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cwe
from ringfence.models.cloud.record import Trail


def faults(model: Trail) -> Iterator[Fault]:
    """All regions are recorded."""
    if not model.all_regions:
        yield Fault(path="all_regions", found="other regions are not recorded", want=True)


CONTROL = Control(
    id="trails-in-all-regions",
    title="Trails record every region",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("all_regions",),
    references=(
        cis_aws("3.1"),
        aws_hub("CloudTrail.1"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Trail",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
