"""Storage accounts have no local users.

Local users have passwords and keys that no directory knows, revokes or protects with a second factor.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      local_user_enabled       = true
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      local_user_enabled       = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage accounts have no local users."""
    if model.local_users:
        yield Fault(path="local_users", found="local users can log in", want=False)


CONTROL = Control(
    id="no-local-storage-users",
    title="Storage accounts have no local users",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("local_users",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(287),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT}),
)
