"""Databases have threat detection.

Unusual queries, logins from new places and password guessing reveal an attack while it is going on.

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
      name                    = "shop"
      resource_group_name     = "shop"
      location                = "westeurope"
      sku_name                = "GP_Gen5_4"
      version                 = "11"
      ssl_enforcement_enabled = true
      threat_detection_policy {
        enabled              = true
        email_account_admins = true
        email_addresses      = ["security@example.com"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Databases have threat detection."""
    if model.threat_detection is False:
        yield Fault(path="threat_detection", found="threat detection is off", want=_QUESTION)


_QUESTION = Decision("who should be notified of attacks?")


CONTROL = Control(
    id="watched-databases",
    title="Databases have threat detection",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("threat_detection",),
    references=(
        terraform("azurerm/r/postgresql_server"),
        cis_azure("4.2.1"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
