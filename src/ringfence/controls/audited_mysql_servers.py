"""MySQL servers keep an audit log.

Without an audit log nobody can say which rows were read, and by which account. On Azure it is off by default.

Bad, terraform:

    resource "azurerm_mysql_flexible_server" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku_name            = "GP_Standard_D2ds_v4"
      version             = "8.4"
    }

Good, terraform:

    resource "azurerm_mysql_flexible_server" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku_name            = "GP_Standard_D2ds_v4"
      version             = "8.4"
    }

    resource "azurerm_mysql_flexible_server_configuration" "a" {
      name                = "audit_log_enabled"
      resource_group_name = "shop"
      server_name         = azurerm_mysql_flexible_server.a.name
      value               = "ON"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """MySQL servers keep an audit log."""
    said = {one.key: index for index, one in enumerate(model.settings)}
    index = said.get(_KEY)
    if index is not None and model.settings[index].value in OFF:
        yield Fault(path=f"settings[{index}].value", found=f"{_KEY} is {model.settings[index].value}", want="on")
    elif index is None and model.complete and model.engine == "azure-mysql":
        yield Fault(path="settings", found=f"{_KEY} is not set", want=_QUESTION)


_KEY = "audit_log_enabled"


_QUESTION = Decision("turn it on; the log takes up storage")


CONTROL = Control(
    id="audited-mysql-servers",
    title="MySQL servers keep an audit log",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_azure("4.4.3"),
        terraform("azurerm/r/mysql_flexible_server_configuration"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
