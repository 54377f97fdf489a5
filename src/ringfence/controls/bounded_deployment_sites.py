"""Address rules also apply to the deployment site.

A web application has a second site for deployments, logs and a shell. Rules for the main site do not apply to it
unless you say so.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        ip_restriction {
          name       = "office"
          action     = "Allow"
          priority   = 100
          ip_address = "203.0.113.0/24"
        }
        ip_restriction_default_action = "Deny"
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        ip_restriction {
          name       = "office"
          action     = "Allow"
          priority   = 100
          ip_address = "203.0.113.0/24"
        }
        ip_restriction_default_action = "Deny"
        scm_use_main_ip_restriction   = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """Address rules also apply to the deployment site."""
    if model.deploy_bounded is False:
        yield Fault(path="deploy_bounded", found="the deployment site accepts every address", want=True)


CONTROL = Control(
    id="bounded-deployment-sites",
    title="Address rules also apply to the deployment site",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deploy_bounded",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT}),
)
