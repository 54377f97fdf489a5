"""Database server logs are kept for several days.

Attacks are usually noticed only after days. By then a log of three days is gone.

Bad, terraform:

    resource "azurerm_postgresql_configuration" "days" {
      name                = "log_retention_days"
      resource_group_name = "shop"
      server_name         = "shop"
      value               = "3"
    }

Good, terraform:

    resource "azurerm_postgresql_configuration" "days" {
      name                = "log_retention_days"
      resource_group_name = "shop"
      server_name         = "shop"
      value               = "7"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """Database server logs are kept for several days."""
    for index, one in enumerate(model.settings):
        if one.key in _DAYS and one.value.isdecimal() and int(one.value[:4]) <= _SHORT:
            yield Fault(path=f"settings[{index}].value", found=f"they are deleted after {one.value} days", want="7")
        elif one.key == "log_retention" and one.value == "off":
            yield Fault(path=f"settings[{index}].value", found="they are not kept", want="on")


_DAYS, _SHORT = ("log_retention_days", "logfiles.retention_days"), 3


CONTROL = Control(
    id="kept-database-logs",
    title="Database server logs are kept for several days",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_azure("4.3.6"),
        terraform("azurerm/r/postgresql_configuration"),
        cwe(779),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
