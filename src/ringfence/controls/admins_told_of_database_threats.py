"""Account owners are alerted to attacks on databases.

The owner of the account can stop what others can only see.

Bad, terraform:

    resource "azurerm_mssql_server_security_alert_policy" "a" {
      resource_group_name = "shop"
      server_name         = azurerm_mssql_server.a.name
      state               = "Enabled"
    }

Good, terraform:

    resource "azurerm_mssql_server_security_alert_policy" "a" {
      resource_group_name  = "shop"
      server_name          = azurerm_mssql_server.a.name
      state                = "Enabled"
      email_account_admins = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.database import AuditSettings


def faults(model: AuditSettings) -> Iterator[Fault]:
    """Account owners are alerted to attacks on databases."""
    if model.email_admins is False:
        yield Fault(path="email_admins", found="the owners of the account are not notified", want=True)


CONTROL = Control(
    id="admins-told-of-database-threats",
    title="Account owners are alerted to attacks on databases",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("email_admins",),
    references=(
        terraform("azurerm/r/mssql_server_security_alert_policy"),
        cis_azure("4.2.5"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AuditSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
