"""Old images are deleted automatically.

Images that nobody updates contain flaws that everybody knows.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      sku                      = "Premium"
      retention_policy_in_days = 30
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Old images are deleted automatically."""
    if model.retention is False:
        yield Fault(path="retention", found="untagged images are kept for ever", want=True)


CONTROL = Control(
    id="bounded-registry-retention",
    title="Old images are deleted automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retention",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
