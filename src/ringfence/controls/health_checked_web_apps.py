"""Unresponsive instances are taken out of rotation.

A hung instance keeps receiving requests until somebody notices.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        http2_enabled = true
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        health_check_path = "/health"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Unresponsive instances are taken out of rotation."""
    if model.health_checked is False:
        yield Fault(path="health_checked", found="it has no health check", want=_QUESTION)


_QUESTION = Decision("which path shows that it works?")


CONTROL = Control(
    id="health-checked-web-apps",
    title="Unresponsive instances are taken out of rotation",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("health_checked",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cwe(754),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
