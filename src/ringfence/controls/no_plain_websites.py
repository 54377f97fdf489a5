"""Buckets do not serve websites directly.

A bucket website is public and HTTP-only, so anybody on the way can read and modify what is sent. A distribution in
front of a private bucket serves the same pages over HTTPS.

Bad, terraform:

    resource "aws_s3_bucket" "shop" {
      bucket = "shop"
    }

    resource "aws_s3_bucket_website_configuration" "shop" {
      bucket = aws_s3_bucket.shop.id
      index_document {
        suffix = "index.html"
      }
    }

Good, terraform:

    resource "aws_s3_bucket" "shop" {
      bucket = "shop"
    }

    resource "aws_cloudfront_distribution" "shop" {
      enabled             = true
      default_root_object = "index.html"
      origin {
        origin_id                = "shop"
        domain_name              = aws_s3_bucket.shop.bucket_regional_domain_name
        origin_access_control_id = aws_cloudfront_origin_access_control.shop.id
      }
      default_cache_behavior {
        target_origin_id       = "shop"
        allowed_methods        = ["GET", "HEAD"]
        cached_methods         = ["GET", "HEAD"]
        viewer_protocol_policy = "redirect-to-https"
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
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.buckets import BucketSite


def faults(model: BucketSite) -> Iterator[Fault]:
    """A bucket serves no website of its own."""
    if model.served:
        yield Fault(path="served", found="it serves a website over plain HTTP", want=_QUESTION)


_QUESTION = Decision("which distribution should serve it? then the bucket can be private")


CONTROL = Control(
    id="no-plain-websites",
    title="Buckets do not serve websites directly",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("served",),
    references=(
        aws("AmazonS3/latest/userguide/WebsiteEndpoints"),
        terraform("aws/r/s3_bucket_website_configuration"),
        cwe(319),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BucketSite",),
    standards=frozenset({Standard.DEFAULT}),
)
