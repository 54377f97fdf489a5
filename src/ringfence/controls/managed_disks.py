"""Machines use managed disks.

A disk stored as a blob can be opened with the storage account's keys, and is not encrypted by default.

Bad, terraform:

    resource "azurerm_virtual_machine" "a" {
      name    = "a"
      vm_size = "Standard_B1s"

      storage_os_disk {
        name          = "system"
        create_option = "FromImage"
        vhd_uri       = "https://shop.blob.core.windows.net/vhds/system.vhd"
      }
    }

Good, terraform:

    resource "azurerm_virtual_machine" "a" {
      name    = "a"
      vm_size = "Standard_B1s"

      storage_os_disk {
        name              = "system"
        create_option     = "FromImage"
        managed_disk_type = "Premium_LRS"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """Machines use managed disks."""
    if model.managed_disks is False:
        yield Fault(path="managed_disks", found="a disk is a blob in a storage account", want=_QUESTION)


_QUESTION = Decision("move its disks to managed disks")


CONTROL = Control(
    id="managed-disks",
    title="Machines use managed disks",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("managed_disks",),
    references=(
        cis_azure("7.2"),
        terraform("azurerm/r/virtual_machine"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
