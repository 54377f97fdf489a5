"""Distributions stand behind a web firewall.

A web firewall stops common attacks before they reach what is behind the caches.

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
      web_acl_id = aws_wafv2_web_acl.shop.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """A web firewall must be named."""
    if model.filtered is False:
        yield Fault(path="filtered", found="no web firewall protects it", want=_QUESTION)


_QUESTION = Decision("which web firewall should protect it?")


CONTROL = Control(
    id="filtered-distributions",
    title="Distributions stand behind a web firewall",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("filtered",),
    references=(
        aws_hub("CloudFront.6"),
        aws("AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
