"""Web applications accept TLS only.

Without TLS, sessions and passwords can be read on the way.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      https_only          = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cis_gcp, cwe
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Web applications accept TLS only."""
    if model.https_only is False:
        yield Fault(path="https_only", found="it answers without TLS", want=True)


CONTROL = Control(
    id="tls-web-apps",
    title="Web applications accept TLS only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("https_only",),
    references=(
        cis_azure("9.2"),
        cis_gcp("4.10"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE, Standard.CIS_GCP}),
)
