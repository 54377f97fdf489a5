"""Storage accepts cloud identities only, not account keys.

An account key allows everything, belongs to nobody, and gets copied into settings. Identities can be restricted and
revoked, and appear in logs.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                      = "shop"
      resource_group_name       = "shop"
      location                  = "westeurope"
      account_tier              = "Standard"
      account_replication_type  = "GRS"
      shared_access_key_enabled = true
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                      = "shop"
      resource_group_name       = "shop"
      location                  = "westeurope"
      account_tier              = "Standard"
      account_replication_type  = "GRS"
      shared_access_key_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage accepts cloud identities only, not account keys."""
    if model.shared_key:
        yield Fault(path="shared_key", found="its account keys are accepted", want=False)


CONTROL = Control(
    id="no-shared-storage-keys",
    title="Storage accepts cloud identities only, not account keys",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("shared_key",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(522),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT}),
)
