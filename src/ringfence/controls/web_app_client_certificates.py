"""Web applications require client certificates.

A caller without a certificate does not even reach the code. This suits applications that only other programs call.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                       = "shop"
      resource_group_name        = "shop"
      location                   = "westeurope"
      service_plan_id            = azurerm_service_plan.a.id
      client_certificate_enabled = false
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                       = "shop"
      resource_group_name        = "shop"
      location                   = "westeurope"
      service_plan_id            = azurerm_service_plan.a.id
      client_certificate_enabled = true
      client_certificate_mode    = "Required"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications require client certificates."""
    if model.client_certificates is False:
        yield Fault(path="client_certificates", found="client certificates are not required", want=_QUESTION)


_QUESTION = Decision("do all callers have certificates? then require them")


CONTROL = Control(
    id="web-app-client-certificates",
    title="Web applications require client certificates",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("client_certificates",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cis_azure("9.4"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
