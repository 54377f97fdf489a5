"""Registries survive the loss of a region.

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
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
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
    """Registries survive the loss of a region."""
    if model.replicated is False:
        yield Fault(path="replicated", found="it is in one region only", want=_QUESTION)


_QUESTION = Decision("which other regions should it be in?")


CONTROL = Control(
    id="replicated-registries",
    title="Registries survive the loss of a region",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("replicated",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
