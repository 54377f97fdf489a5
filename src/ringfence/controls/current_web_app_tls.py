"""Web applications accept TLS 1.2 and newer only.

An attacker who can force both sides to fall back can read what is sent with TLS 1.0 or 1.1.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        minimum_tls_version = "1.0"
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        minimum_tls_version = "1.2"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications accept TLS 1.2 and newer only."""
    if model.min_tls is not None and is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=f"TLS {model.min_tls} is accepted", want="1.2")


CONTROL = Control(
    id="current-web-app-tls",
    title="Web applications accept TLS 1.2 and newer only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
    references=(
        cis_azure("9.3"),
        cwe(326),
        terraform("azurerm/r/linux_web_app"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
