"""Storage is encrypted twice.

A second layer, with another key and another algorithm, still holds if the first one fails. It can only be chosen when
the account is created.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                              = "shop"
      resource_group_name               = "shop"
      location                          = "westeurope"
      account_tier                      = "Standard"
      account_replication_type          = "GRS"
      infrastructure_encryption_enabled = false
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                              = "shop"
      resource_group_name               = "shop"
      location                          = "westeurope"
      account_tier                      = "Standard"
      account_replication_type          = "GRS"
      infrastructure_encryption_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage is encrypted twice."""
    if model.double_encrypted is False:
        yield Fault(path="double_encrypted", found="it is encrypted only once", want=True)


CONTROL = Control(
    id="double-encrypted-storage",
    title="Storage is encrypted twice",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("double_encrypted",),
    references=(
        terraform("azurerm/r/storage_account"),
        cis_azure("3.2"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
