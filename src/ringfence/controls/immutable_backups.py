"""Backups cannot be deleted early.

Extortionists delete the backups first. In an immutable vault not even its owner can.

Bad, terraform:

    resource "azurerm_recovery_services_vault" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Standard"
    }

Good, terraform:

    resource "azurerm_recovery_services_vault" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Standard"
      immutability        = "Unlocked"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Backups cannot be deleted early."""
    if model.immutable is False:
        yield Fault(path="immutable", found=f"an intruder can delete what the {model.kind} holds", want=_QUESTION)


_QUESTION = Decision("how long must backups be kept? immutability = Unlocked is a start that can be undone")


CONTROL = Control(
    id="immutable-backups",
    title="Backups cannot be deleted early",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("immutable",),
    references=(
        terraform("azurerm/r/recovery_services_vault"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
