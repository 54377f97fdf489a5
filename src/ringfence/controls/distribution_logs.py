"""Distributions log every request.

No server behind a distribution ever sees what it answers from its cache. Only the distribution's own logs say who
asked for what.

Bad, terraform:

    resource "aws_cloudfront_distribution" "shop" {
      enabled = true
      default_cache_behavior {
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "https-only"
      }
    }

Good, terraform:

    resource "aws_cloudfront_distribution" "shop" {
      enabled = true
      default_cache_behavior {
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "https-only"
      }
      logging_config {
        bucket = "logs.s3.amazonaws.com"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """Requests must be logged."""
    if model.logging is False:
        yield Fault(path="logging", found="requests are not logged", want=_QUESTION)


_QUESTION = Decision("which bucket should the logs go to?")


CONTROL = Control(
    id="distribution-logs",
    title="Distributions log every request",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("CloudFront.5"),
        aws("AmazonCloudFront/latest/DeveloperGuide/AccessLogs"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
