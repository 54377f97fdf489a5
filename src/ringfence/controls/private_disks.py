"""Disks cannot be copied over the internet.

While a disk is not attached to a machine, a signed URL lets anybody who has it download the whole disk, from
anywhere.

Bad, terraform:

    resource "azurerm_managed_disk" "a" {
      name                          = "data"
      resource_group_name           = "shop"
      location                      = "westeurope"
      storage_account_type          = "Premium_LRS"
      create_option                 = "Empty"
      disk_size_gb                  = 64
      public_network_access_enabled = true
    }

Good, terraform:

    resource "azurerm_managed_disk" "a" {
      name                          = "data"
      resource_group_name           = "shop"
      location                      = "westeurope"
      storage_account_type          = "Premium_LRS"
      create_option                 = "Empty"
      disk_size_gb                  = 64
      public_network_access_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.storage import DiskAccess


def faults(model: DiskAccess) -> Iterator[Fault]:
    """Disks cannot be copied over the internet."""
    if model.public:
        yield Fault(path="public", found="a signed URL gives access from anywhere", want=False)


CONTROL = Control(
    id="private-disks",
    title="Disks cannot be copied over the internet",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        terraform("azurerm/r/managed_disk"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DiskAccess",),
    standards=frozenset({Standard.DEFAULT}),
)
