"""Trails record object reads.

After a break-in you must know which files were taken. Each recorded access costs money, so this is for the buckets
that matter.

Bad, terraform:

    resource "aws_cloudtrail" "a" {
      name           = "all"
      s3_bucket_name = "example-trail"

      event_selector {
        read_write_type = "WriteOnly"

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
    """Trails record object reads."""
    if model.reads is False:
        yield Fault(path="reads", found="object reads are not recorded", want=_QUESTION)


_QUESTION = Decision("for which buckets should it be recorded?")


CONTROL = Control(
    id="logged-object-reads",
    title="Trails record object reads",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("reads",),
    references=(
        cis_aws("3.9"),
        terraform("aws/r/cloudtrail"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ObjectEvents",),
    standards=frozenset({Standard.CIS_AWS}),
)
