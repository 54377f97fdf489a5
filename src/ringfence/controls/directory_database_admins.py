"""Database administrators come from a directory.

An administrator's password is shared, and stays valid after the people who knew it leave. Leaving a directory group
ends the right.

Bad, terraform:

    resource "azurerm_mssql_server" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      version             = "12.0"
      administrator_login = "shopadmin"
    }

Good, terraform:

    resource "azurerm_mssql_server" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      version             = "12.0"
      administrator_login = "shopadmin"
      azuread_administrator {
        login_username = "database-admins"
        object_id      = "00000000-0000-0000-0000-000000000001"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Database administrators come from a directory."""
    if model.identity_admin is False:
        yield Fault(path="identity_admin", found="its administrators do not come from a directory", want=_QUESTION)


_QUESTION = Decision("which directory group should administer it?")


CONTROL = Control(
    id="directory-database-admins",
    title="Database administrators come from a directory",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("identity_admin",),
    references=(
        terraform("azurerm/r/mssql_server"),
        cis_azure("4.1.4"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
