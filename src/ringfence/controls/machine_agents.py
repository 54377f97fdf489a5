"""The provider's agent is installed on machines.

Updates, checks and backups of machines rely on the agent.

Bad, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name               = "a"
      size               = "Standard_B1s"
      admin_username     = "ops"
      provision_vm_agent = false
    }

Good, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name               = "a"
      size               = "Standard_B1s"
      admin_username     = "ops"
      provision_vm_agent = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """The provider's agent is installed on machines."""
    if model.agent is False:
        yield Fault(path="agent", found="the provider's agent cannot be installed", want=True)


CONTROL = Control(
    id="machine-agents",
    title="The provider's agent is installed on machines",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("agent",),
    references=(
        terraform("azurerm/r/windows_virtual_machine"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.DEFAULT}),
)
