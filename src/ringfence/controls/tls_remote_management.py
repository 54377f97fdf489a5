"""Windows machines are managed over TLS.

Whoever is on the way reads and changes what administrators send to a machine over plain HTTP, passwords included.

Bad, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name                  = "shop"
      resource_group_name   = "shop"
      location              = "westeurope"
      size                  = "Standard_B2s"
      admin_username        = "operator"
      admin_password        = var.password
      network_interface_ids = [azurerm_network_interface.a.id]

      winrm_listener {
        protocol = "Http"
      }
    }

Good, terraform:

    resource "azurerm_windows_virtual_machine" "a" {
      name                  = "shop"
      resource_group_name   = "shop"
      location              = "westeurope"
      size                  = "Standard_B2s"
      admin_username        = "operator"
      admin_password        = var.password
      network_interface_ids = [azurerm_network_interface.a.id]

      winrm_listener {
        protocol        = "Https"
        certificate_url = azurerm_key_vault_certificate.a.secret_id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """What listens for administrators must ask for TLS."""
    if model.plain_management:
        yield Fault(path="plain_management", found="it is managed without TLS", want=_QUESTION)


_QUESTION = Decision("which certificate should it have?")


CONTROL = Control(
    id="tls-remote-management",
    title="Windows machines are managed over TLS",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain_management",),
    references=(
        terraform("azurerm/r/windows_virtual_machine"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.DEFAULT}),
)
