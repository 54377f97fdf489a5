"""Distributions use HTTPS with TLS 1.2 to their origins.

What a client sends over HTTPS continues in plain text if the distribution fetches from the origin over HTTP.

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
        domain_name = "shop.example.com"
        origin_id   = "shop"
        custom_origin_config {
          http_port              = 80
          https_port             = 443
          origin_protocol_policy = "http-only"
          origin_ssl_protocols   = ["TLSv1.2"]
        }
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
        domain_name = "shop.example.com"
        origin_id   = "shop"
        custom_origin_config {
          http_port              = 80
          https_port             = 443
          origin_protocol_policy = "https-only"
          origin_ssl_protocols   = ["TLSv1.2"]
        }
      }
    }

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
        domain_name = "shop.example.com"
        origin_id   = "shop"
        custom_origin_config {
          http_port              = 80
          https_port             = 443
          origin_protocol_policy = "https-only"
          origin_ssl_protocols   = ["TLSv1.2", "TLSv1"]
        }
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
        domain_name = "shop.example.com"
        origin_id   = "shop"
        custom_origin_config {
          http_port              = 80
          https_port             = 443
          origin_protocol_policy = "https-only"
          origin_ssl_protocols   = ["TLSv1.2"]
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls, taken
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """No origin may be fetched over plain HTTP or with an old version of TLS."""
    for index, one in enumerate(model.origins):
        if one.plain_http:
            path = f"origins[{index}].plain_http"
            yield Fault(path=path, found="it is fetched over plain HTTP", want=False)
        if one.min_tls is not None and is_old_tls(one.min_tls):
            yield Fault(path=f"origins[{index}].min_tls", found=taken(one.min_tls), want="1.2")


CONTROL = Control(
    id="tls-origins",
    title="Distributions use HTTPS with TLS 1.2 to their origins",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("origins",),
    references=(
        aws_hub("CloudFront.9"),
        aws_hub("CloudFront.10"),
        cwe(319),
        cwe(327),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
