"""Web applications report telemetry.

An application that is failing or under attack shows it in its requests and errors first. Without telemetry nobody
sees them.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      app_settings = {
        MODE = "live"
      }
      site_config {
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      app_settings = {
        APPLICATIONINSIGHTS_CONNECTION_STRING = azurerm_application_insights.a.connection_string
      }
      site_config {
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications report telemetry."""
    if model.insights is False:
        yield Fault(path="insights", found="it reports no telemetry", want=_QUESTION)


_QUESTION = Decision("which Application Insights should it report to?")


CONTROL = Control(
    id="insight-into-web-apps",
    title="Web applications report telemetry",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("insights",),
    references=(
        cis_azure("5.3.1"),
        terraform("azurerm/r/linux_web_app"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
