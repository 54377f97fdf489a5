"""Somebody is notified of attacks on databases.

An alert that goes to nobody is worth nothing.

Bad, terraform:

    resource "azurerm_mssql_server_security_alert_policy" "a" {
      resource_group_name = "shop"
      server_name         = azurerm_mssql_server.a.name
      state               = "Enabled"
    }

Good, terraform:

    resource "azurerm_mssql_server_security_alert_policy" "a" {
      resource_group_name = "shop"
      server_name         = azurerm_mssql_server.a.name
      state               = "Enabled"
      email_addresses     = ["security@example.com"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.database import AuditSettings


def faults(model: AuditSettings) -> Iterator[Fault]:
    """Somebody is notified of attacks on databases."""
    if model.emails == ():
        yield Fault(path="emails", found="nobody is named to be notified", want=_QUESTION)


_QUESTION = Decision("who should be notified?")


CONTROL = Control(
    id="told-of-database-threats",
    title="Somebody is notified of attacks on databases",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("emails",),
    references=(
        terraform("azurerm/r/mssql_server_security_alert_policy"),
        cis_azure("4.2.4"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AuditSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
