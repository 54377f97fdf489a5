"""Trails record global services.

Users, roles and policies belong to no region. A trail that leaves them out misses the first thing that an attacker
does.

Bad, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
      include_global_service_events = false
    }

Good, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
      include_global_service_events = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.record import Trail


def faults(model: Trail) -> Iterator[Fault]:
    """Global events are recorded."""
    if not model.global_events:
        yield Fault(path="global_events", found="changes of identities and rights are not recorded", want=True)


CONTROL = Control(
    id="whole-trails",
    title="Trails record global services",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("global_events",),
    references=(
        aws("awscloudtrail/latest/userguide/cloudtrail-concepts"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Trail",),
    standards=frozenset({Standard.DEFAULT}),
)
