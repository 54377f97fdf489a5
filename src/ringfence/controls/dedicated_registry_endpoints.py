"""Registries use dedicated data endpoints.

A client that may reach only your registry's own address cannot send data to anybody else's store.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                  = "shop"
      resource_group_name   = "shop"
      location              = "westeurope"
      sku                   = "Premium"
      data_endpoint_enabled = false
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                  = "shop"
      resource_group_name   = "shop"
      location              = "westeurope"
      sku                   = "Premium"
      data_endpoint_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Registries use dedicated data endpoints."""
    if model.data_endpoints is False:
        yield Fault(
            path="data_endpoints", found="clients have to reach the provider's shared storage addresses", want=True
        )


CONTROL = Control(
    id="dedicated-registry-endpoints",
    title="Registries use dedicated data endpoints",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("data_endpoints",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
