"""Web applications log what happens.

Who looks into an attack needs to know what was asked, and what failed.

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
        failed_request_tracing  = true

        http_logs {
          file_system {
            retention_in_days = 90
            retention_in_mb   = 35
          }
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications log what happens."""
    if model.http_logs is False:
        yield Fault(path="http_logs", found="requests are not logged", want=_QUESTION)
    if model.error_logs is False:
        yield Fault(path="error_logs", found="errors are not logged in detail", want=True)
    if model.failure_traces is False:
        yield Fault(path="failure_traces", found="failed requests are not traced", want=True)


_QUESTION = Decision("where should the logs go? add an http_logs block")


CONTROL = Control(
    id="web-app-logs",
    title="Web applications log what happens",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "error_logs",
        "failure_traces",
        "http_logs",
    ),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
