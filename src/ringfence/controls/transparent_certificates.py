"""Certificates are logged in certificate transparency logs.

Browsers reject certificates that are not in the transparency logs, and those logs are where forged certificates are
spotted.

Bad, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "shop.example.com"
      validation_method = "DNS"
      options {
        certificate_transparency_logging_preference = "DISABLED"
      }
    }

Good, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "shop.example.com"
      validation_method = "DNS"
      options {
        certificate_transparency_logging_preference = "ENABLED"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import Certificate


def faults(model: Certificate) -> Iterator[Fault]:
    """Certificates must be logged."""
    if model.transparency is False:
        yield Fault(path="transparency", found="it is not logged in certificate transparency logs", want=True)


CONTROL = Control(
    id="transparent-certificates",
    title="Certificates are logged in certificate transparency logs",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("transparency",),
    references=(
        aws("acm/latest/userguide/acm-bestpractices"),
        terraform("aws/r/acm_certificate"),
        cwe(295),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Certificate",),
    standards=frozenset({Standard.DEFAULT}),
)
