"""Distributions have a default root object.

Without a default root object, a request for `/` may return a listing of the whole bucket.

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
      default_root_object = "index.html"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.edge import Distribution


def faults(model: Distribution) -> Iterator[Fault]:
    """An object must be named for the root."""
    if model.default_root is False:
        yield Fault(path="default_root", found="it has no default root object", want=_QUESTION)


_QUESTION = Decision("which object should be served for `/`?")


CONTROL = Control(
    id="default-root-objects",
    title="Distributions have a default root object",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("default_root",),
    references=(
        aws_hub("CloudFront.1"),
        aws("AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject"),
        cwe(548),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Distribution",),
    standards=frozenset({Standard.DEFAULT}),
)
