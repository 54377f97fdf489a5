"""Database audit logs go where alerts can watch them.

An audit log that lies in a storage account is read after the damage is done. Where alerts can watch it, somebody is
told while it happens.

Bad, terraform:

    resource "azurerm_mssql_server_extended_auditing_policy" "a" {
      server_id              = azurerm_mssql_server.a.id
      log_monitoring_enabled = false
    }

Good, terraform:

    resource "azurerm_mssql_server_extended_auditing_policy" "a" {
      server_id              = azurerm_mssql_server.a.id
      log_monitoring_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import AuditSettings


def faults(model: AuditSettings) -> Iterator[Fault]:
    """Database audit logs go where alerts can watch them."""
    if model.monitored is False:
        yield Fault(path="monitored", found="its records go nowhere that alarms can watch", want=True)


CONTROL = Control(
    id="monitored-database-audits",
    title="Database audit logs go where alerts can watch them",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("monitored",),
    references=(
        cis_azure("4.1.1"),
        terraform("azurerm/r/mssql_server_extended_auditing_policy"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AuditSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
