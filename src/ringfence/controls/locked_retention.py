"""The time for which data must stay is locked.

A time that can be taken away protects only from mistakes: who has got an administrator deletes it first.

Bad, terraform:

    resource "azurerm_storage_container_immutability_policy" "a" {
      storage_container_resource_manager_id = azurerm_storage_container.a.id
      immutability_period_in_days           = 365
    }

Good, terraform:

    resource "azurerm_storage_container_immutability_policy" "a" {
      storage_container_resource_manager_id = azurerm_storage_container.a.id
      immutability_period_in_days           = 365
      locked                                = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.storage import RetentionLock


def faults(model: RetentionLock) -> Iterator[Fault]:
    """The time for which data must stay is locked."""
    if not model.locked:
        yield Fault(path="locked", found="its time can be shortened, or taken away", want=_QUESTION)


_QUESTION = Decision("is its time long enough? once locked it can only be made longer")


CONTROL = Control(
    id="locked-retention",
    title="The time for which data must stay is locked",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("locked",),
    references=(
        terraform("azurerm/r/storage_container_immutability_policy"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("RetentionLock",),
    standards=frozenset({Standard.DEFAULT}),
)
