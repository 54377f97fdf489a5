"""Machines do not allow extensions.

An extension runs as the machine's administrator: anybody who may add one owns the machine, without logging in and
without leaving a trace inside.

Bad, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name                       = "a"
      size                       = "Standard_B1s"
      admin_username             = "ops"
      allow_extension_operations = true
    }

Good, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name                       = "a"
      size                       = "Standard_B1s"
      admin_username             = "ops"
      allow_extension_operations = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """Machines do not allow extensions."""
    if model.extensions:
        yield Fault(path="extensions", found="extensions can be installed", want=False)


CONTROL = Control(
    id="no-machine-extensions",
    title="Machines do not allow extensions",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("extensions",),
    references=(
        cis_azure("7.5"),
        terraform("azurerm/r/linux_virtual_machine"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
