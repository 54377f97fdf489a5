"""Databases are encrypted twice.

A second layer, with another key and another algorithm, still holds if the first one fails.

Bad, terraform:

    resource "azurerm_postgresql_server" "a" {
      name                    = "shop"
      resource_group_name     = "shop"
      location                = "westeurope"
      sku_name                = "GP_Gen5_4"
      version                 = "11"
      ssl_enforcement_enabled = true
    }

Good, terraform:

    resource "azurerm_postgresql_server" "a" {
      name                              = "shop"
      resource_group_name               = "shop"
      location                          = "westeurope"
      sku_name                          = "GP_Gen5_4"
      version                           = "11"
      ssl_enforcement_enabled           = true
      infrastructure_encryption_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Databases are encrypted twice."""
    if model.double_encrypted is False:
        yield Fault(path="double_encrypted", found="it is encrypted only once", want=True)


CONTROL = Control(
    id="double-encrypted-databases",
    title="Databases are encrypted twice",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("double_encrypted",),
    references=(
        terraform("azurerm/r/postgresql_server"),
        cis_azure("4.3.8"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
