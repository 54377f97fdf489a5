"""Replacements are created before the old resource is destroyed.

By default Terraform destroys first and creates afterwards. A certificate in use cannot be destroyed, so the run stops
half way; a destroyed API answers nobody until the new one exists.

Bad, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "shop.example.com"
      validation_method = "DNS"
    }

Good, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "shop.example.com"
      validation_method = "DNS"

      lifecycle {
        create_before_destroy = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import Replacement


def faults(model: Replacement) -> Iterator[Fault]:
    """The new one must be made first."""
    if not model.seamless:
        yield Fault(path="seamless", found="it is destroyed before the new one is made", want=True)


CONTROL = Control(
    id="replaced-without-gap",
    title="Replacements are created before the old resource is destroyed",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("seamless",),
    references=(
        terraform("aws/r/acm_certificate"),
        terraform("aws/r/api_gateway_deployment"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Replacement",),
    standards=frozenset({Standard.DEFAULT}),
)
