"""Registries outlive the loss of a place.

Where the registry is gone, nothing starts anywhere.

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

      georeplications {
        location = "northeurope"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Registries outlive the loss of a place."""
    if model.replicated is False:
        yield Fault(path="replicated", found="it is in one region only", want=_QUESTION)
    if model.multi_zone is False:
        yield Fault(path="multi_zone", found="it is in one zone only", want=_QUESTION)


_QUESTION = Decision("in which regions and zones should it be?")


CONTROL = Control(
    id="replicated-registries",
    title="Registries outlive the loss of a place",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "multi_zone",
        "replicated",
    ),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
