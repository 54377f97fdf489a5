"""Distributions have a failover origin.

An origin group keeps serving from the second origin when the first one fails.

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
      origin_group {
        origin_id = "both"
        failover_criteria {
          status_codes = [500, 502, 503]
        }
        member {
          origin_id = "shop"
        }
        member {
          origin_id = "copy"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """An origin group must be there."""
    if model.failover is False:
        yield Fault(path="failover", found="it has no failover origin", want=_QUESTION)


_QUESTION = Decision("which origin should take over?")


CONTROL = Control(
    id="distribution-failover",
    title="Distributions have a failover origin",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("failover",),
    references=(
        aws_hub("CloudFront.4"),
        aws("AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
