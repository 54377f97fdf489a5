"""Old images are deleted automatically.

Images that nobody updates contain flaws that everybody knows.

Bad, terraform:

    resource "aws_ecr_repository" "shop" {
      name = "shop"
    }

Good, terraform:

    resource "aws_ecr_repository" "shop" {
      name = "shop"
    }

    resource "aws_ecr_lifecycle_policy" "shop" {
      repository = aws_ecr_repository.shop.name
      policy     = file("keep-thirty.json")
    }

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      sku                      = "Premium"
      retention_policy_in_days = 30
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Old images are deleted automatically."""
    if model.retention is False:
        yield Fault(path="retention", found="old images are kept for ever", want=True)


CONTROL = Control(
    id="bounded-registry-retention",
    title="Old images are deleted automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retention",),
    references=(
        aws_hub("ECR.3"),
        terraform("azurerm/r/container_registry"),
        terraform("aws/r/ecr_lifecycle_policy"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
