"""Databases are scanned for weak settings.

Excessive permissions and weak settings accumulate over time; a scan reveals them.

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
    }

    resource "azurerm_mssql_server_vulnerability_assessment" "a" {
      server_security_alert_policy_id = azurerm_mssql_server_security_alert_policy.a.id
      storage_container_path          = "https://shop.blob.core.windows.net/scans/"

      recurring_scans {
        enabled                   = true
        email_subscription_admins = true
        emails                    = ["security@example.com"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Databases are scanned for weak settings."""
    if model.vulnerability_scans is False:
        yield Fault(path="vulnerability_scans", found="vulnerability assessment is off", want=_QUESTION)


_QUESTION = Decision("where should the scan results go?")


CONTROL = Control(
    id="scanned-databases",
    title="Databases are scanned for weak settings",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("vulnerability_scans",),
    references=(
        terraform("azurerm/r/mssql_server_vulnerability_assessment"),
        cis_azure("4.2.2"),
        cwe(1059),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
