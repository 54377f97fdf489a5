"""Registries survive the loss of a zone.

Without the registry, nothing starts anywhere.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                    = "shop"
      resource_group_name     = "shop"
      location                = "westeurope"
      sku                     = "Premium"
      zone_redundancy_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Registries survive the loss of a zone."""
    if model.multi_zone is False:
        yield Fault(path="multi_zone", found="it is in one zone only", want=True)


CONTROL = Control(
    id="multi-zone-registries",
    title="Registries survive the loss of a zone",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("multi_zone",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
