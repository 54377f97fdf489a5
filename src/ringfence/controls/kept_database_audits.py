"""Database audit logs are kept for 90 days.

Attacks are discovered after weeks or months. The audit log must still exist by then.

Bad, terraform:

    resource "azurerm_mssql_server_extended_auditing_policy" "a" {
      server_id         = azurerm_mssql_server.a.id
      retention_in_days = 7
    }

Good, terraform:

    resource "azurerm_mssql_server_extended_auditing_policy" "a" {
      server_id         = azurerm_mssql_server.a.id
      retention_in_days = 90
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import AuditSettings


def faults(model: AuditSettings) -> Iterator[Fault]:
    """Database audit logs are kept for 90 days."""
    if model.retention_days is not None and 0 < model.retention_days < _DAYS:
        yield Fault(path="retention_days", found=f"they are deleted after {model.retention_days} days", want=_DAYS)


_DAYS = 90


CONTROL = Control(
    id="kept-database-audits",
    title="Database audit logs are kept for 90 days",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retention_days",),
    references=(
        terraform("azurerm/r/mssql_server_extended_auditing_policy"),
        cis_azure("4.1.6"),
        cwe(779),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AuditSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
