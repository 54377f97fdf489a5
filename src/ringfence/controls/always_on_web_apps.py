"""Web applications are kept loaded.

An application that is unloaded when idle does not run its timers: certificates are not renewed and queues are not
read.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        always_on = false
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        always_on = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications are kept loaded."""
    if model.always_on is False:
        yield Fault(path="always_on", found="it is unloaded when idle", want=True)


CONTROL = Control(
    id="always-on-web-apps",
    title="Web applications are kept loaded",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("always_on",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
