"""All kinds of database alerts are on.

Each kind of alert stands for a way in that has been used before.

Bad, terraform:

    resource "azurerm_mssql_server_security_alert_policy" "a" {
      resource_group_name = "shop"
      server_name         = azurerm_mssql_server.a.name
      state               = "Enabled"
      disabled_alerts     = ["Sql_Injection"]
    }

Good, terraform:

    resource "azurerm_mssql_server_security_alert_policy" "a" {
      resource_group_name = "shop"
      server_name         = azurerm_mssql_server.a.name
      state               = "Enabled"
      disabled_alerts     = []
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import AuditSettings


def faults(model: AuditSettings) -> Iterator[Fault]:
    """All kinds of database alerts are on."""
    if model.disabled_alerts:
        yield Fault(path="disabled_alerts", found="some kinds of alerts are off", want=_QUESTION)


_QUESTION = Decision("why are these alerts disabled? turn them on, or waive this")


CONTROL = Control(
    id="every-database-alert",
    title="All kinds of database alerts are on",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("disabled_alerts",),
    references=(
        terraform("azurerm/r/mssql_server_security_alert_policy"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AuditSettings",),
    standards=frozenset({Standard.DEFAULT}),
)
