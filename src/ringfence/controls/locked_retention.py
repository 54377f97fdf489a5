"""Retention periods of data are locked.

A retention period that can be removed protects only from mistakes: an attacker with an administrator account removes
it first.

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
    """Retention periods of data are locked."""
    if not model.locked:
        yield Fault(path="locked", found="its retention period can be shortened or removed", want=_QUESTION)


_QUESTION = Decision("is the period long enough? once locked, it can only be extended")


CONTROL = Control(
    id="locked-retention",
    title="Retention periods of data are locked",
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
