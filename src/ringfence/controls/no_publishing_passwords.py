"""Applications are not deployed with passwords.

A publishing profile is a password that everybody who deploys has, that nobody changes, and that has no second factor.

Bad, terraform:

    resource "azurerm_linux_web_app" "shop" {
      name                                     = "shop"
      resource_group_name                      = "shop"
      location                                 = "westeurope"
      service_plan_id                          = "p"
      ftp_publish_basic_authentication_enabled = false
      site_config {}
    }

Good, terraform:

    resource "azurerm_linux_web_app" "shop" {
      name                                           = "shop"
      resource_group_name                            = "shop"
      location                                       = "westeurope"
      service_plan_id                                = "p"
      ftp_publish_basic_authentication_enabled       = false
      webdeploy_publish_basic_authentication_enabled = false
      site_config {}
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Applications are not deployed with passwords."""
    if model.ftp_passwords:
        yield Fault(path="ftp_passwords", found="FTP accepts a publishing password", want=False)
    if model.deploy_passwords:
        yield Fault(path="deploy_passwords", found="Web Deploy accepts a publishing password", want=False)


CONTROL = Control(
    id="no-publishing-passwords",
    title="Applications are not deployed with passwords",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "ftp_passwords",
        "deploy_passwords",
    ),
    references=(
        terraform("azurerm/r/linux_web_app"),
        terraform("azurerm/r/windows_web_app"),
        cwe(308),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
