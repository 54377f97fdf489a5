"""People log in to machines with keys.

A password can be guessed, and is tried all day. A key cannot; where none is named, a password is what is left.

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
    """People log in to machines with keys."""
    if model.login_keys is False:
        yield Fault(path="login_keys", found="no key is named that may log in", want=_QUESTION)


_QUESTION = Decision("whose keys may log in?")


CONTROL = Control(
    id="login-keys",
    title="People log in to machines with keys",
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
