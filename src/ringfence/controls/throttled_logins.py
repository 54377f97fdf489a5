"""PostgreSQL throttles failed logins.

Without throttling, passwords can be guessed as fast as the network allows.

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
    }

    resource "azurerm_postgresql_configuration" "a" {
      name                = "connection_throttling"
      resource_group_name = "shop"
      server_name         = azurerm_postgresql_server.a.name
      value               = "on"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """It must not be off; where all parameters of a server are known, it must be among them."""
    said = False
    for index, one in enumerate(model.settings):
        if one.key in _KEYS:
            said = True
            if one.value in OFF:
                yield Fault(path=f"settings[{index}].value", found=f"{one.key} is {one.value}", want="on")
    if not said and model.complete and model.engine == "azure-postgres":
        yield Fault(path="settings", found="connection_throttling is not set", want=Decision("turn it on"))


_KEYS = ("connection_throttling", "connection_throttle.enable")


CONTROL = Control(
    id="throttled-logins",
    title="PostgreSQL throttles failed logins",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_azure("4.3.5"),
        terraform("azurerm/r/postgresql_configuration"),
        cwe(307),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
