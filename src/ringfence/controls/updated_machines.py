"""Machines install updates automatically.

What is not installed automatically is installed late.

Bad, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name                      = "a"
      size                      = "Standard_B1s"
      admin_username            = "ops"
      automatic_updates_enabled = false
    }

Good, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name                      = "a"
      size                      = "Standard_B1s"
      admin_username            = "ops"
      automatic_updates_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """Machines install updates automatically."""
    if model.updates is False:
        yield Fault(path="updates", found="updates are not installed automatically", want=True)


CONTROL = Control(
    id="updated-machines",
    title="Machines install updates automatically",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("updates",),
    references=(
        terraform("azurerm/r/windows_virtual_machine"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.DEFAULT}),
)
