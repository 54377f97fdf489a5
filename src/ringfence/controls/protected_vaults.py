"""Vaults have purge protection.

Everything that a deleted key encrypts is lost with it. With purge protection, nobody can remove it for good for a
while.

Bad, terraform:

    resource "azurerm_key_vault" "a" {
      name = "shop"
    }

Good, terraform:

    resource "azurerm_key_vault" "a" {
      name = "shop"
      purge_protection_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.keys import Vault


def faults(model: Vault) -> Iterator[Fault]:
    """Vaults have purge protection."""
    if not model.purge_protected:
        yield Fault(path="purge_protected", found="purge protection is off", want=True)


CONTROL = Control(
    id="protected-vaults",
    title="Vaults have purge protection",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("purge_protected",),
    references=(
        cis_azure("8.5"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Vault",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
