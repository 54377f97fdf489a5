"""Services have managed identities.

A service without an identity needs a password or key for everything it calls, and keeps it in its settings.

Bad, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      https_only          = true
    }

Good, terraform:

    resource "azurerm_linux_web_app" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      service_plan_id     = azurerm_service_plan.a.id
      identity {
        type = "SystemAssigned"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.containers import TaskDefinition
from ringfence.models.cloud.edge import Api, WebApp
from ringfence.models.cloud.managed import ManagedService


def faults(model: Api | ManagedService | TaskDefinition | WebApp) -> Iterator[Fault]:
    """Services have managed identities."""
    if model.managed_identity is False:
        yield Fault(path="managed_identity", found="it has no managed identity", want=_QUESTION)


_QUESTION = Decision("which identity should it have? add an identity block")


CONTROL = Control(
    id="managed-identities",
    title="Services have managed identities",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("managed_identity",),
    references=(
        terraform("azurerm/r/linux_web_app"),
        cis_azure("9.5"),
        cwe(522),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Api",
        "ManagedService",
        "TaskDefinition",
        "WebApp",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
