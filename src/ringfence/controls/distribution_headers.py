"""Distributions set security headers.

A response headers policy tells browsers to use HTTPS only and not to allow framing, for every page at once.

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
        target_origin_id           = "shop"
        allowed_methods            = ["GET", "HEAD"]
        cached_methods             = ["GET", "HEAD"]
        viewer_protocol_policy     = "https-only"
        response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """Each path must have a policy for headers."""
    if model.headers is False:
        yield Fault(path="headers", found="it has no response headers policy", want=_QUESTION)


_QUESTION = Decision("which response headers policy should it use?")


CONTROL = Control(
    id="distribution-headers",
    title="Distributions set security headers",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("headers",),
    references=(
        aws("AmazonCloudFront/latest/DeveloperGuide/adding-response-headers"),
        terraform("aws/r/cloudfront_response_headers_policy"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
