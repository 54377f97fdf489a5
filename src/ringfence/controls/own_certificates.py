"""Distributions have a certificate of their own.

The provider's shared certificate is for the provider's name and accepts TLS 1.0. With a certificate for the service's
own name, clients know whom they are talking to.

Bad, terraform:

    resource "aws_cloudfront_distribution" "shop" {
      enabled = true
      default_cache_behavior {
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "https-only"
      }
      viewer_certificate {
        cloudfront_default_certificate = true
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
      viewer_certificate {
        acm_certificate_arn      = aws_acm_certificate.shop.arn
        ssl_support_method       = "sni-only"
        minimum_protocol_version = "TLSv1.2_2021"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """A certificate of its own must be named."""
    if model.own_certificate is False:
        yield Fault(path="own_certificate", found="it uses the provider's shared certificate", want=_QUESTION)


_QUESTION = Decision("which certificate should it use?")


CONTROL = Control(
    id="own-certificates",
    title="Distributions have a certificate of their own",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("own_certificate",),
    references=(
        aws_hub("CloudFront.7"),
        aws("AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements"),
        cwe(295),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
