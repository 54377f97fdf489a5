"""Registries require a login to pull.

Images contain code, and often more than their makers know.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                   = "shop"
      resource_group_name    = "shop"
      location               = "westeurope"
      sku                    = "Premium"
      anonymous_pull_enabled = true
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                   = "shop"
      resource_group_name    = "shop"
      location               = "westeurope"
      sku                    = "Premium"
      anonymous_pull_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Registries require a login to pull."""
    if model.anonymous_pull:
        yield Fault(path="anonymous_pull", found="anybody can pull", want=False)


CONTROL = Control(
    id="no-anonymous-pull",
    title="Registries require a login to pull",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("anonymous_pull",),
    references=(
        cwe(306),
        terraform("azurerm/r/container_registry"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
