"""Response headers enforce HTTPS.

With Strict-Transport-Security, a browser never uses plain HTTP again, so nobody on the way can answer first. The
header has to cover a year, all subdomains and the first visit, and override what the origin says.

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
          include_subdomains         = true
          preload                    = true
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
    """The header must be set, and leave nothing out."""
    if model.transport_security is False:
        yield Fault(path="transport_security", found="Strict-Transport-Security is not set", want=_QUESTION)
        return
    if model.remembered_seconds is not None and model.remembered_seconds < _YEAR:
        found = f"browsers remember it for {model.remembered_seconds} s only"
        yield Fault(path="remembered_seconds", found=found, want=_YEAR)
    if model.subdomains is False:
        yield Fault(path="subdomains", found="subdomains are not covered", want=True)
    if model.preloaded is False:
        yield Fault(path="preloaded", found="the first visit is not covered (no preload)", want=True)
    if model.overrides is False:
        yield Fault(path="overrides", found="the origin can take it back", want=True)


_YEAR = 31_536_000
_QUESTION = Decision("for how long should browsers remember it?")


CONTROL = Control(
    id="strict-transport",
    title="Response headers enforce HTTPS",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("transport_security", "remembered_seconds", "subdomains", "preloaded", "overrides"),
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
