"""Trails are sent to CloudWatch Logs.

A record that nobody looks at is read when it is too late. In a log group, alarms can watch for root logins, changed
policies and stopped trails.

Bad, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
    }

Good, terraform:

    resource "aws_cloudtrail" "main" {
      name           = "main"
      s3_bucket_name = aws_s3_bucket.trail.id
      cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.record import Trail


def faults(model: Trail) -> Iterator[Fault]:
    """It goes to a log group."""
    if model.watched is False:
        yield Fault(path="watched", found="it is not sent to CloudWatch Logs", want=_QUESTION)


_QUESTION = Decision("which log group should the trail be sent to?")


CONTROL = Control(
    id="watched-trails",
    title="Trails are sent to CloudWatch Logs",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("watched",),
    references=(
        aws_hub("CloudTrail.5"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Trail",),
    standards=frozenset({Standard.DEFAULT}),
)
