"""Storage cannot be replicated to other tenants.

Anybody who may configure replication could send every blob to another organisation's account, and nobody would see
it.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                             = "shop"
      resource_group_name              = "shop"
      location                         = "westeurope"
      account_tier                     = "Standard"
      account_replication_type         = "GRS"
      cross_tenant_replication_enabled = true
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                             = "shop"
      resource_group_name              = "shop"
      location                         = "westeurope"
      account_tier                     = "Standard"
      account_replication_type         = "GRS"
      cross_tenant_replication_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage cannot be replicated to other tenants."""
    if model.cross_tenant:
        yield Fault(path="cross_tenant", found="its blobs may be copied to another organisation", want=False)


CONTROL = Control(
    id="no-cross-tenant-copies",
    title="Storage cannot be replicated to other tenants",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("cross_tenant",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT}),
)
