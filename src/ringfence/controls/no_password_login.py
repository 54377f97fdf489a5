"""Machines do not accept password logins.

Passwords are guessed and reused; keys are not.

Bad, terraform:

    resource "azurerm_linux_virtual_machine" "a" {
      name           = "a"
      size           = "Standard_B1s"
      admin_username = "ops"
      disable_password_authentication = false
    }

Good, terraform:

    resource "azurerm_linux_virtual_machine" "a" {
      name           = "a"
      size           = "Standard_B1s"
      admin_username = "ops"
      disable_password_authentication = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Machines do not accept password logins."""
    if model.password_login:
        yield Fault(path="password_login", found="passwords are accepted", want=False)


CONTROL = Control(
    id="no-password-login",
    title="Machines do not accept password logins",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("password_login",),
    references=(terraform("azurerm/r/linux_virtual_machine"), cwe(521)),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT}),
)
