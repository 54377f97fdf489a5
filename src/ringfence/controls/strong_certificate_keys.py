"""Certificates have keys of 2048 bits or more.

RSA keys of 1024 bits can be broken.

Bad, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "shop.example.com"
      validation_method = "DNS"
      key_algorithm     = "RSA_1024"
    }

Good, terraform:

    resource "aws_acm_certificate" "shop" {
      domain_name       = "shop.example.com"
      validation_method = "DNS"
      key_algorithm     = "RSA_2048"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.edge import Certificate


def faults(model: Certificate) -> Iterator[Fault]:
    """An RSA key must have 2048 bits."""
    if model.key_bits is not None and 0 < model.key_bits < 2048:
        yield Fault(path="key_bits", found=f"its key has {model.key_bits} bits", want=2048)


CONTROL = Control(
    id="strong-certificate-keys",
    title="Certificates have keys of 2048 bits or more",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("key_bits",),
    references=(
        aws_hub("ACM.2"),
        terraform("aws/r/acm_certificate"),
        cwe(326),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Certificate",),
    standards=frozenset({Standard.DEFAULT}),
)
