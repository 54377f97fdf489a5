"""What is replaced is there before the old one goes.

Terraform destroys first and makes anew afterwards. A certificate that something uses cannot be destroyed, so that the
run ends half way; an interface that is destroyed answers nobody until the new one is there.

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
    title="What is replaced is there before the old one goes",
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
