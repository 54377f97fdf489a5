"""Web applications do not use FTP without TLS.

The password is sent in plain text; anybody who reads it can replace the application.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        ftps_state = "AllAllowed"
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        ftps_state = "FtpsOnly"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications do not use FTP without TLS."""
    if model.plain_ftp:
        yield Fault(path="plain_ftp", found="FTP without TLS is accepted", want=False)


CONTROL = Control(
    id="no-plain-web-ftp",
    title="Web applications do not use FTP without TLS",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain_ftp",),
    references=(
        cis_azure("9.10"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
