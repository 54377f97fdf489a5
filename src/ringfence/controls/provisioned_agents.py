"""Monitoring agents are installed on new machines.

A machine that somebody created by hand is the one that gets forgotten.

Bad, terraform:

    resource "azurerm_security_center_auto_provisioning" "a" {
      auto_provision = "Off"
    }

Good, terraform:

    resource "azurerm_security_center_auto_provisioning" "a" {
      auto_provision = "On"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.watching import AgentProvisioning


def faults(model: AgentProvisioning) -> Iterator[Fault]:
    """Monitoring agents are installed on new machines."""
    if not model.enabled:
        yield Fault(path="enabled", found="new machines get no monitoring agent", want=True)


CONTROL = Control(
    id="provisioned-agents",
    title="Monitoring agents are installed on new machines",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        terraform("azurerm/r/security_center_auto_provisioning"),
        cis_azure("2.1.15"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("AgentProvisioning",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
