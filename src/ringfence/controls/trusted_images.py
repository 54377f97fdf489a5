"""Registries serve signed images only.

Otherwise anybody who gets into a registry could plant an image of their own.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                 = "shop"
      resource_group_name  = "shop"
      location             = "westeurope"
      sku                  = "Premium"
      trust_policy_enabled = false
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                 = "shop"
      resource_group_name  = "shop"
      location             = "westeurope"
      sku                  = "Premium"
      trust_policy_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Registries serve signed images only."""
    if model.trust is False:
        yield Fault(path="trust", found="unsigned images can be pulled", want=True)


CONTROL = Control(
    id="trusted-images",
    title="Registries serve signed images only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("trust",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
