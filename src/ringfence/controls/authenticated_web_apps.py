"""The platform authenticates users before the web application does.

If the platform asks first, only people with an account can try the application's flaws.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      auth_settings {
        enabled = false
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      auth_settings {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """The platform authenticates users before the web application does."""
    if model.authentication is False:
        yield Fault(path="authentication", found="the platform does not ask who calls", want=_QUESTION)


_QUESTION = Decision("whose accounts may log in? if the application itself asks, waive this")


CONTROL = Control(
    id="authenticated-web-apps",
    title="The platform authenticates users before the web application does",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("authentication",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cis_azure("9.1"),
        cwe(306),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
