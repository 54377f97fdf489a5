"""Web applications run on supported language versions.

Vulnerabilities found in a version that is no longer supported stay open.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        application_stack {
          python_version = "3.8"
        }
      }
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      site_config {
        application_stack {
          python_version = "3.13"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.known.runtimes import ended_on
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.edge import WebApp


def faults(model: WebApp) -> Iterator[Fault]:
    """No version whose support has ended."""
    for index, (language, version) in enumerate(model.runtimes):
        ended = ended_on(language, version)
        if ended:
            found = f"support of {language} {version} ended on {ended}"
            yield Fault(path=f"runtimes[{index}]", found=found, want=Decision("to which version can it be moved?"))


CONTROL = Control(
    id="supported-web-languages",
    title="Web applications run on supported language versions",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("runtimes",),
    references=(
        cis_azure("9.8"),
        terraform("azurerm/r/linux_web_app"),
        cis_azure("9.6"),
        cis_azure("9.7"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("WebApp",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
