"""Distributions sign their requests to buckets.

A bucket that a distribution reads without signing must be open to the world, past every filter and log of the
distribution.

Bad, terraform:

    resource "aws_cloudfront_distribution" "shop" {
      enabled = true
      default_cache_behavior {
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "https-only"
      }
      origin {
        domain_name = "shop.s3.eu-west-1.amazonaws.com"
        origin_id   = "shop"
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
      origin {
        domain_name              = "shop.s3.eu-west-1.amazonaws.com"
        origin_id                = "shop"
        origin_access_control_id = aws_cloudfront_origin_access_control.shop.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """Where a bucket is the origin, requests to it must be signed."""
    for index, one in enumerate(model.origins):
        if one.bucket and one.signed is False:
            path = f"origins[{index}].signed"
            yield Fault(path=path, found="requests to the bucket are not signed", want=_QUESTION)


_QUESTION = Decision("which access control should the origin have?")


CONTROL = Control(
    id="signed-origins",
    title="Distributions sign their requests to buckets",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("origins",),
    references=(
        aws_hub("CloudFront.13"),
        aws("AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
