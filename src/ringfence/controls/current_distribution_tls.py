"""Distributions accept TLS 1.2 and newer only.

TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996). With the provider's shared certificate the old versions are
always accepted; with a certificate of your own you can choose.

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
        acm_certificate_arn      = aws_acm_certificate.shop.arn
        ssl_support_method       = "sni-only"
        minimum_protocol_version = "TLSv1.1_2016"
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

from ringfence.controls.cloud.tls import is_old_tls, taken
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """The oldest version that is taken must be 1.2 or newer."""
    if model.min_tls is not None and is_old_tls(model.min_tls):
        want = Decision("which certificate of your own should it use?") if model.own_certificate is False else "1.2"
        yield Fault(path="min_tls", found=taken(model.min_tls), want=want)


CONTROL = Control(
    id="current-distribution-tls",
    title="Distributions accept TLS 1.2 and newer only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
    references=(
        aws("AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers"),
        terraform("aws/r/cloudfront_distribution"),
        cwe(326),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
