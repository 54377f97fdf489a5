"""Trails record object writes.

After a break-in you must know which files were changed. Each recorded access costs money, so this is for the buckets
that matter.

Bad, terraform:

    resource "aws_cloudtrail" "a" {
      name           = "all"
      s3_bucket_name = "example-trail"

      event_selector {
        read_write_type = "ReadOnly"

        data_resource {
          type   = "AWS::S3::Object"
          values = ["arn:aws:s3"]
        }
      }
    }

Good, terraform:

    resource "aws_cloudtrail" "a" {
      name           = "all"
      s3_bucket_name = "example-trail"

      event_selector {
        read_write_type = "All"

        data_resource {
          type   = "AWS::S3::Object"
          values = ["arn:aws:s3"]
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_aws, terraform
from ringfence.models.cloud.watching import ObjectEvents


def faults(model: ObjectEvents) -> Iterator[Fault]:
    """Trails record object writes."""
    if model.writes is False:
        yield Fault(path="writes", found="object writes are not recorded", want=_QUESTION)


_QUESTION = Decision("for which buckets should it be recorded?")


CONTROL = Control(
    id="logged-object-writes",
    title="Trails record object writes",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("writes",),
    references=(
        cis_aws("3.8"),
        terraform("aws/r/cloudtrail"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ObjectEvents",),
    standards=frozenset({Standard.CIS_AWS}),
)
