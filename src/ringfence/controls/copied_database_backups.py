"""Database backups are also kept in another region.

A regional outage takes the database and its backups at once.

Bad, terraform:

    resource "azurerm_postgresql_server" "a" {
      name                         = "shop"
      resource_group_name          = "shop"
      location                     = "westeurope"
      sku_name                     = "GP_Gen5_4"
      version                      = "11"
      ssl_enforcement_enabled      = true
      geo_redundant_backup_enabled = false
    }

Good, terraform:

    resource "azurerm_postgresql_server" "a" {
      name                         = "shop"
      resource_group_name          = "shop"
      location                     = "westeurope"
      sku_name                     = "GP_Gen5_4"
      version                      = "11"
      ssl_enforcement_enabled      = true
      geo_redundant_backup_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Database backups are also kept in another region."""
    if model.geo_backup is False:
        yield Fault(path="geo_backup", found="its backups are lost with their region", want=_QUESTION)


_QUESTION = Decision("may its data leave the region? this can only be chosen at creation")


CONTROL = Control(
    id="copied-database-backups",
    title="Database backups are also kept in another region",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("geo_backup",),
    references=(
        terraform("azurerm/r/postgresql_server"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
