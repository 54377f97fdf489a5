"""Images wait for approval before they are used.

What is scanned only later was run already.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                      = "shop"
      resource_group_name       = "shop"
      location                  = "westeurope"
      sku                       = "Premium"
      quarantine_policy_enabled = false
      trust_policy_enabled      = false
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                      = "shop"
      resource_group_name       = "shop"
      location                  = "westeurope"
      sku                       = "Premium"
      quarantine_policy_enabled = true
      trust_policy_enabled      = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Images wait for approval before they are used."""
    if model.quarantine is False:
        yield Fault(path="quarantine", found="an image can be pulled before it was looked at", want=True)
    if model.trust is False:
        yield Fault(path="trust", found="unsigned images are taken", want=True)


CONTROL = Control(
    id="vetted-registry-images",
    title="Images wait for approval before they are used",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "quarantine",
        "trust",
    ),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
