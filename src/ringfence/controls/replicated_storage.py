"""Storage is replicated to a second region.

A fire or an outage of a whole region destroys what is kept nowhere else.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "LRS"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage is replicated to a second region."""
    if model.replicated is False:
        yield Fault(path="replicated", found="it is kept in one region only", want=_QUESTION)


_QUESTION = Decision("may its data leave the region? then choose GRS or GZRS")


CONTROL = Control(
    id="replicated-storage",
    title="Storage is replicated to a second region",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("replicated",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT}),
)
