"""Logins to machines use SSH keys.

Passwords can be guessed, and attackers try all day. Keys cannot. A machine that names no key is left with a password.

Bad, terraform:

    resource "azurerm_linux_virtual_machine" "a" {
      name                = "app"
      resource_group_name = "shop"
      location            = "westeurope"
      size                = "Standard_D2s_v5"
      admin_username      = "keeper"
      admin_password                  = var.password
      disable_password_authentication = false
    }

Good, terraform:

    resource "azurerm_linux_virtual_machine" "a" {
      name                = "app"
      resource_group_name = "shop"
      location            = "westeurope"
      size                = "Standard_D2s_v5"
      admin_username      = "keeper"
      admin_ssh_key {
        username   = "keeper"
        public_key = file("keeper.pub")
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Logins to machines use SSH keys."""
    if model.login_keys is False:
        yield Fault(path="login_keys", found="it names no SSH key", want=_QUESTION)


_QUESTION = Decision("whose SSH keys may log in?")


CONTROL = Control(
    id="login-keys",
    title="Logins to machines use SSH keys",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("login_keys",),
    references=(
        terraform("azurerm/r/linux_virtual_machine"),
        cwe(521),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
