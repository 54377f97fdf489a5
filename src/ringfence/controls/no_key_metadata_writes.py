"""Keys of databases cannot change what there is.

Whoever has a key can otherwise delete or make databases and containers, past all roles, and nobody's name is recorded.

Bad, terraform:

    resource "azurerm_cosmosdb_account" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      offer_type          = "Standard"
    }

Good, terraform:

    resource "azurerm_cosmosdb_account" "a" {
      name                               = "shop"
      resource_group_name                = "shop"
      location                           = "westeurope"
      offer_type                         = "Standard"
      access_key_metadata_writes_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Keys of databases cannot change what there is."""
    if model.key_writes:
        yield Fault(path="key_writes", found="a key changes databases past all roles", want=False)


CONTROL = Control(
    id="no-key-metadata-writes",
    title="Keys of databases cannot change what there is",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("key_writes",),
    references=(
        terraform("azurerm/r/cosmosdb_account"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
