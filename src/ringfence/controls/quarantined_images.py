"""Images are quarantined until they are scanned.

An image that is scanned after it can be pulled may already be running.

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
    """Images are quarantined until they are scanned."""
    if model.quarantine is False:
        yield Fault(path="quarantine", found="images can be pulled before they are scanned", want=True)


CONTROL = Control(
    id="quarantined-images",
    title="Images are quarantined until they are scanned",
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
