"""Backups can be restored in another region.

Geo-redundant backups are of no use while the primary region is down unless cross-region restore is on.

Bad, terraform:

    resource "azurerm_recovery_services_vault" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Standard"
      storage_mode_type   = "GeoRedundant"
    }

Good, terraform:

    resource "azurerm_recovery_services_vault" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Standard"
      storage_mode_type   = "GeoRedundant"

      cross_region_restore_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Backups can be restored in another region."""
    if model.elsewhere is False:
        yield Fault(path="elsewhere", found=f"the {model.kind} cannot be restored in another region", want=True)


CONTROL = Control(
    id="restorable-elsewhere",
    title="Backups can be restored in another region",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("elsewhere",),
    references=(
        terraform("azurerm/r/recovery_services_vault"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
