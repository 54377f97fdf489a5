"""Web applications are private unless they must be public.

A web application that only your own programs call need not be exposed to everybody.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                          = "shop"
      resource_group_name           = "shop"
      location                      = "westeurope"
      service_plan_id               = azurerm_service_plan.a.id
      public_network_access_enabled = true
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                          = "shop"
      resource_group_name           = "shop"
      location                      = "westeurope"
      service_plan_id               = azurerm_service_plan.a.id
      public_network_access_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications are private unless they must be public."""
    if model.public:
        yield Fault(path="public", found="it is reachable from the internet", want=_QUESTION)


_QUESTION = Decision("which network is it used from? give it a private endpoint there")


CONTROL = Control(
    id="private-web-apps",
    title="Web applications are private unless they must be public",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
