"""Web applications use HTTP/2.

HTTP/2 demands modern TLS, and leaves less room for requests that two servers interpret differently.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        http2_enabled = false
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        http2_enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications use HTTP/2."""
    if model.http_two is False:
        yield Fault(path="http_two", found="they use HTTP/1.1 only", want=True)


CONTROL = Control(
    id="current-web-app-http",
    title="Web applications use HTTP/2",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("http_two",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cis_azure("9.9"),
        cwe(444),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
