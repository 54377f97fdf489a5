"""Images wait until they were looked at.

What is scanned only later was run already.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                      = "shop"
      resource_group_name       = "shop"
      location                  = "westeurope"
      sku                       = "Premium"
      quarantine_policy_enabled = false
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                      = "shop"
      resource_group_name       = "shop"
      location                  = "westeurope"
      sku                       = "Premium"
      quarantine_policy_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Images wait until they were looked at."""
    if model.quarantine is False:
        yield Fault(path="quarantine", found="an image can be pulled before it was looked at", want=True)


CONTROL = Control(
    id="quarantined-images",
    title="Images wait until they were looked at",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("quarantine",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
