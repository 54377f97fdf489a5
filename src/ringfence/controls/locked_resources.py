"""Important resources are locked against deletion.

One wrong name in a command deletes a resource group with everything in it. A lock has to be removed first, by
somebody who may do that.

Bad, terraform:

    resource "azurerm_resource_group" "a" {
      name     = "shop"
      location = "westeurope"
    }

Good, terraform:

    resource "azurerm_resource_group" "a" {
      name     = "shop"
      location = "westeurope"
    }

    resource "azurerm_management_lock" "a" {
      name       = "shop"
      scope      = azurerm_resource_group.a.id
      lock_level = "CanNotDelete"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.guarding import DeletionLock


def faults(model: DeletionLock) -> Iterator[Fault]:
    """Important resources are locked against deletion."""
    if not model.locked:
        yield Fault(
            path="locked",
            found=f"anybody who may write can delete this {model.kind} with all its contents",
            want=_QUESTION,
        )


_QUESTION = Decision("who may delete it? add a lock")


CONTROL = Control(
    id="locked-resources",
    title="Important resources are locked against deletion",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("locked",),
    references=(
        cis_azure("10.1"),
        terraform("azurerm/r/management_lock"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DeletionLock",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
