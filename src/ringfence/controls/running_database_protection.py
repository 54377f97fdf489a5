"""Database auditing and alerts are on.

A policy that exists but is disabled gives false comfort.

Bad, terraform:

    resource "azurerm_mssql_server_extended_auditing_policy" "a" {
      server_id = azurerm_mssql_server.a.id
      enabled   = false
    }

Good, terraform:

    resource "azurerm_mssql_server_extended_auditing_policy" "a" {
      server_id = azurerm_mssql_server.a.id
      enabled   = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import AuditSettings


def faults(model: AuditSettings) -> Iterator[Fault]:
    """Database auditing and alerts are on."""
    if not model.enabled:
        yield Fault(path="enabled", found="it is off", want=True)


CONTROL = Control(
    id="running-database-protection",
    title="Database auditing and alerts are on",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        terraform("azurerm/r/mssql_server_extended_auditing_policy"),
        cis_azure("4.1.1"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AuditSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
