"""Services log access.

When a secret leaks, you must know who read it.

Bad, terraform:

    resource "azurerm_key_vault" "a" {
      name = "shop"
    }

Good, terraform:

    resource "azurerm_key_vault" "a" {
      name = "shop"
    }

    resource "azurerm_monitor_diagnostic_setting" "a" {
      name                       = "vault"
      target_resource_id         = azurerm_key_vault.a.id
      log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_azure, cwe, terraform
from ringfence.models.cloud.managed import ServiceLog


def faults(model: ServiceLog) -> Iterator[Fault]:
    """Services log access."""
    if not model.logged:
        yield Fault(path="logged", found=f"access to the {model.kind} is not logged", want=_QUESTION)


_QUESTION = Decision("where should the logs go?")


CONTROL = Control(
    id="service-logs",
    title="Services log access",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logged",),
    references=(
        terraform("azurerm/r/monitor_diagnostic_setting"),
        aws_hub("EC2.51"),
        aws_hub("EC2.171"),
        cis_azure("5.1.5"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServiceLog",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
