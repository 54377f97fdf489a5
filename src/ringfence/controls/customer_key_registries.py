"""Registries are encrypted with a customer-managed key.

A KMS key controls who may read the images, and records each use. It can only be chosen when the repository is
created.

Bad, terraform:

    resource "aws_ecr_repository" "shop" {
      name = "shop"
      encryption_configuration {
        encryption_type = "AES256"
      }
    }

Good, terraform:

    resource "aws_ecr_repository" "shop" {
      name = "shop"
      encryption_configuration {
        encryption_type = "KMS"
        kms_key         = aws_kms_key.images.arn
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Images must be encrypted with a managed key."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="images are not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-registries",
    title="Registries are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws_hub("ECR.5"),
        aws("AmazonECR/latest/userguide/encryption-at-rest"),
        cwe(320),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
