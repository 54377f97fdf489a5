"""Registries accept known networks only.

Somebody with a stolen token can pull and push only from an admitted network.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                          = "shop"
      resource_group_name           = "shop"
      location                      = "westeurope"
      sku                           = "Premium"
      public_network_access_enabled = true
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                          = "shop"
      resource_group_name           = "shop"
      location                      = "westeurope"
      sku                           = "Premium"
      public_network_access_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Registries accept known networks only."""
    if model.public:
        yield Fault(path="public", found="it takes connections from the internet", want=False)


CONTROL = Control(
    id="private-registries",
    title="Registries accept known networks only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
