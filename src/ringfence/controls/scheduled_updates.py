"""Updates of services have a maintenance window.

An update at a random time restarts the service when it is needed most, so people start postponing updates by hand.

Bad, terraform:

    resource "azurerm_redis_cache" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      capacity            = 1
      family              = "C"
      sku_name            = "Standard"
    }

Good, terraform:

    resource "azurerm_redis_cache" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      capacity            = 1
      family              = "C"
      sku_name            = "Standard"
      patch_schedule {
        day_of_week    = "Sunday"
        start_hour_utc = 3
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Updates of services have a maintenance window."""
    if model.update_window is False:
        yield Fault(path="update_window", found=f"the {model.kind} has no maintenance window", want=_QUESTION)


_QUESTION = Decision("when may it be updated?")


CONTROL = Control(
    id="scheduled-updates",
    title="Updates of services have a maintenance window",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("update_window",),
    references=(
        terraform("azurerm/r/redis_cache"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
