"""Web applications trace failed requests.

A trace shows where in the application a request failed, and so what was tried.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      logs {
        failed_request_tracing = false
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      logs {
        failed_request_tracing = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications trace failed requests."""
    if model.failure_traces is False:
        yield Fault(path="failure_traces", found="failed requests are not traced", want=True)


CONTROL = Control(
    id="failure-traced-web-apps",
    title="Web applications trace failed requests",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("failure_traces",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
