"""Keys are stored in hardware.

A key that never leaves its hardware cannot be copied.

Bad, terraform:

    resource "azurerm_key_vault_key" "a" {
      name            = "a"
      key_type        = "RSA"
      key_size        = 2048
      expiration_date = "2027-01-01T00:00:00Z"
    }

Good, terraform:

    resource "azurerm_key_vault_key" "a" {
      name            = "a"
      key_type        = "RSA-HSM"
      key_size        = 2048
      expiration_date = "2027-01-01T00:00:00Z"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.keys import Key


def faults(model: Key) -> Iterator[Fault]:
    """Keys are stored in hardware."""
    if model.protected is False:
        yield Fault(path="protected", found="it is stored in software", want=_QUESTION)


_QUESTION = Decision("hardware keys need a premium vault and a new key")


CONTROL = Control(
    id="hardware-keys",
    title="Keys are stored in hardware",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("protected",),
    references=(
        terraform("azurerm/r/key_vault_key"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Key",),
    standards=frozenset({Standard.DEFAULT}),
)
