"""Services are monitored for attacks.

A compromised device talks to its hub like any other. A security solution that watches all of them notices the
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
    """Services are monitored for attacks."""
    if model.watched is False:
        yield Fault(path="watched", found=f"the {model.kind} is not monitored for attacks", want=_QUESTION)


_QUESTION = Decision("which workspace should receive the alerts? add a security solution")


CONTROL = Control(
    id="watched-services",
    title="Services are monitored for attacks",
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
