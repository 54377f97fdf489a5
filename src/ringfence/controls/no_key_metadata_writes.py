"""Database keys cannot change databases or containers.

Otherwise anybody with a key can create or delete databases and containers, bypassing all roles, with nobody's name on
record.

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
    """Database keys cannot change databases or containers."""
    if model.key_writes:
        yield Fault(path="key_writes", found="account keys can change databases and containers", want=False)


CONTROL = Control(
    id="no-key-metadata-writes",
    title="Database keys cannot change databases or containers",
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
