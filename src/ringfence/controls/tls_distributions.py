"""Distributions serve over HTTPS only.

With `allow-all`, pages and cookies travel over plain HTTP for clients that use it, and can be modified on the way.

Bad, terraform:

    resource "aws_cloudfront_distribution" "shop" {
      enabled = true
      default_cache_behavior {
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "https-only"
      }
      ordered_cache_behavior {
        path_pattern           = "/old/*"
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "allow-all"
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
      ordered_cache_behavior {
        path_pattern           = "/old/*"
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "redirect-to-https"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """No path may be served over plain HTTP."""
    for index, one in enumerate(model.behaviors):
        if one.plain_http:
            path = f"behaviors[{index}].plain_http"
            yield Fault(path=path, found="it also serves over plain HTTP", want=False)


CONTROL = Control(
    id="tls-distributions",
    title="Distributions serve over HTTPS only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("behaviors",),
    references=(
        aws_hub("CloudFront.3"),
        aws("AmazonCloudFront/latest/DeveloperGuide/using-https"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
