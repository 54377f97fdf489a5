"""Certificates name the hosts they are for.

Anybody who steals the key of a certificate for `*.example.com` can impersonate every host of the company.

Bad, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "*.example.com"
      validation_method = "DNS"
    }

Good, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "shop.example.com"
      validation_method = "DNS"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.edge import Certificate


def faults(model: Certificate) -> Iterator[Fault]:
    """It must name its hosts."""
    if model.wildcard:
        yield Fault(path="wildcard", found="it is a wildcard certificate", want=_QUESTION)


_QUESTION = Decision("which hosts is it for?")


CONTROL = Control(
    id="no-wildcard-certificates",
    title="Certificates name the hosts they are for",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("wildcard",),
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
