"""New machines get what watches them.

A machine that somebody made by hand is the one that is forgotten.

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
    """New machines get what watches them."""
    if not model.enabled:
        yield Fault(path="enabled", found="new machines are not watched", want=True)


CONTROL = Control(
    id="provisioned-agents",
    title="New machines get what watches them",
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
