"""Web applications log requests.

To investigate an attack you need to know what was requested, and by whom.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      logs {
        detailed_error_messages = true
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      logs {
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
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications log requests."""
    if model.http_logs is False:
        yield Fault(path="http_logs", found="requests are not logged", want=_QUESTION)


_QUESTION = Decision("where should the logs go? add an http_logs block")


CONTROL = Control(
    id="request-logged-web-apps",
    title="Web applications log requests",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("http_logs",),
    references=(
        cis_azure("5.1.7"),
        terraform("azurerm/r/linux_web_app"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
