"""Managed services run in more than one zone.

A zone fails every few years, and takes down whatever runs only there.

Bad, terraform:

    resource "azurerm_service_plan" "shop" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      os_type             = "Linux"
      sku_name            = "P1v3"
      worker_count        = 3
    }

Good, terraform:

    resource "azurerm_service_plan" "shop" {
      name                   = "shop"
      resource_group_name    = "shop"
      location               = "westeurope"
      os_type                = "Linux"
      sku_name               = "P1v3"
      worker_count           = 3
      zone_balancing_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Managed services run in more than one zone."""
    if model.multi_zone is False:
        yield Fault(path="multi_zone", found=f"the {model.kind} runs in one zone only", want=True)


CONTROL = Control(
    id="multi-zone-services",
    title="Managed services run in more than one zone",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("multi_zone",),
    references=(
        terraform("azurerm/r/service_plan"),
        terraform("azurerm/r/app_service_environment_v3"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
