"""Databases do not accept every service of the provider.

The provider's services also run on behalf of its other customers: a machine that anybody rents could connect.

Bad, terraform:

    resource "azurerm_mssql_firewall_rule" "a" {
      name             = "a"
      server_id        = azurerm_mssql_server.a.id
      start_ip_address = "0.0.0.0"
      end_ip_address   = "0.0.0.0"
    }

Good, terraform:

    resource "azurerm_mssql_firewall_rule" "a" {
      name             = "a"
      server_id        = azurerm_mssql_server.a.id
      start_ip_address = "203.0.113.8"
      end_ip_address   = "203.0.113.15"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import DatabaseAccess


def faults(model: DatabaseAccess) -> Iterator[Fault]:
    """Databases do not accept every service of the provider."""
    if model.providers_services:
        yield Fault(
            path="providers_services",
            found="every service of the provider may connect, including other customers'",
            want=_QUESTION,
        )


_QUESTION = Decision("which networks need the database?")


CONTROL = Control(
    id="bounded-provider-access",
    title="Databases do not accept every service of the provider",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("providers_services",),
    references=(
        terraform("azurerm/r/mssql_firewall_rule"),
        cis_azure("4.1.2"),
        cis_azure("4.3.7"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseAccess",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
