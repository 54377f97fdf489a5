"""The admin account of registries is off.

The admin account is one password for everybody, and nobody knows who used it.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
      admin_enabled       = true
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
      admin_enabled       = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """The admin account of registries is off."""
    if model.admin_account:
        yield Fault(path="admin_account", found="its admin account is on", want=False)


CONTROL = Control(
    id="no-registry-admin",
    title="The admin account of registries is off",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("admin_account",),
    references=(
        cwe(1392),
        terraform("azurerm/r/container_registry"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
