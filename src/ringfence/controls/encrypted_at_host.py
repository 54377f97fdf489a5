"""Temporary disks and caches are encrypted too.

Disks are encrypted where they are stored; temporary disks and caches on the host are encrypted only if this is on.

Bad, terraform:

    resource "azurerm_linux_virtual_machine" "a" {
      name           = "a"
      size           = "Standard_B1s"
      admin_username = "ops"
      disable_password_authentication = true
    }

Good, terraform:

    resource "azurerm_linux_virtual_machine" "a" {
      name           = "a"
      size           = "Standard_B1s"
      admin_username = "ops"
      disable_password_authentication = true
      encryption_at_host_enabled      = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.compute import Machine
from ringfence.models.cloud.containers import NodePool


def faults(model: Machine | NodePool) -> Iterator[Fault]:
    """Temporary disks and caches are encrypted too."""
    if isinstance(model, NodePool):
        if model.host_encrypted is False:
            yield Fault(path="host_encrypted", found="temporary disks and caches are not encrypted", want=True)
        return
    if model.encrypted_at_host is False:
        yield Fault(path="encrypted_at_host", found="temporary disks and caches are not encrypted", want=True)


CONTROL = Control(
    id="encrypted-at-host",
    title="Temporary disks and caches are encrypted too",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "encrypted_at_host",
        "host_encrypted",
    ),
    references=(
        cwe(311),
        terraform("azurerm/r/linux_virtual_machine"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "Machine",
        "NodePool",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
