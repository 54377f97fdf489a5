"""Policies for headers tell browsers to come over HTTPS.

With Strict-Transport-Security a browser never asks over plain HTTP again, so that nobody on the way can answer
first.

Bad, terraform:

    resource "aws_cloudfront_response_headers_policy" "shop" {
      name = "shop"
      security_headers_config {
        content_type_options {
          override = true
        }
      }
    }

Good, terraform:

    resource "aws_cloudfront_response_headers_policy" "shop" {
      name = "shop"
      security_headers_config {
        strict_transport_security {
          access_control_max_age_sec = 31536000
          override                   = true
        }
        content_type_options {
          override = true
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import HeaderPolicy


def faults(model: HeaderPolicy) -> Iterator[Fault]:
    """The header must be set."""
    if model.transport_security is False:
        yield Fault(path="transport_security", found="browsers are not told to come over HTTPS", want=_QUESTION)


_QUESTION = Decision("for how long should browsers remember it?")


CONTROL = Control(
    id="strict-transport",
    title="Policies for headers tell browsers to come over HTTPS",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("transport_security",),
    references=(
        terraform("aws/r/cloudfront_response_headers_policy"),
        aws("AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("HeaderPolicy",),
    standards=frozenset({Standard.DEFAULT}),
)
