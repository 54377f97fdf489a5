"""Somebody looks for attacks on services.

A thing in the field that was taken over talks to the hub like the others. What looks at all of them sees the
difference.

Bad, terraform:

    resource "azurerm_iothub" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"

      sku {
        name     = "S1"
        capacity = 1
      }
    }

Good, terraform:

    resource "azurerm_iothub" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"

      sku {
        name     = "S1"
        capacity = 1
      }
    }

    resource "azurerm_iot_security_solution" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      display_name        = "Shop"
      iothub_ids          = [azurerm_iothub.a.id]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Somebody looks for attacks on services."""
    if model.watched is False:
        yield Fault(path="watched", found=f"nobody looks for attacks on the {model.kind}", want=_QUESTION)


_QUESTION = Decision("to which workspace should what is seen go? add what looks for attacks")


CONTROL = Control(
    id="watched-services",
    title="Somebody looks for attacks on services",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("watched",),
    references=(
        terraform("azurerm/r/iot_security_solution"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
