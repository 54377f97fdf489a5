"""Registries scan new images.

A registry that scans each image on push reports known vulnerabilities before the image runs.

Bad, terraform:

    resource "aws_ecr_repository" "shop" {
      name = "shop"
      image_scanning_configuration {
        scan_on_push = false
      }
    }

Good, terraform:

    resource "aws_ecr_repository" "shop" {
      name = "shop"
      image_scanning_configuration {
        scan_on_push = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Images must be scanned when they are pushed."""
    if model.scans is False:
        yield Fault(path="scans", found="images are not scanned on push", want=True)


CONTROL = Control(
    id="scanned-images",
    title="Registries scan new images",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("scans",),
    references=(
        aws_hub("ECR.1"),
        aws("AmazonECR/latest/userguide/image-scanning"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
