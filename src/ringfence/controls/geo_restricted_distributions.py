"""Distributions serve selected countries only.

What is meant for people in a few countries need not answer scanners in all the others. List the countries to serve,
or not to serve.

Bad, terraform:

    resource "aws_cloudfront_distribution" "shop" {
      enabled         = true
      is_ipv6_enabled = true
      restrictions {
        geo_restriction {
          restriction_type = "none"
        }
      }
    }

Good, terraform:

    resource "aws_cloudfront_distribution" "shop" {
      enabled         = true
      is_ipv6_enabled = true
      restrictions {
        geo_restriction {
          restriction_type = "whitelist"
          locations        = ["NL", "BE"]
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import ServedCountries


def faults(model: ServedCountries) -> Iterator[Fault]:
    """It must be said which countries are served."""
    if not model.bounded:
        yield Fault(path="bounded", found="it serves every country", want=_QUESTION)


_QUESTION = Decision("which countries should it serve?")


CONTROL = Control(
    id="geo-restricted-distributions",
    title="Distributions serve selected countries only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("bounded",),
    references=(
        aws("AmazonCloudFront/latest/DeveloperGuide/georestrictions"),
        terraform("aws/r/cloudfront_distribution"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServedCountries",),
    standards=frozenset(),
)
