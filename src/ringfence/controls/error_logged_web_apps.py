"""Web applications log detailed errors.

An attempted attack shows up as errors first.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      logs {
        detailed_error_messages = false
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      logs {
        detailed_error_messages = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications log detailed errors."""
    if model.error_logs is False:
        yield Fault(path="error_logs", found="errors are not logged in detail", want=True)


CONTROL = Control(
    id="error-logged-web-apps",
    title="Web applications log detailed errors",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("error_logs",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
