"""Vaults have soft delete.

Everything that a deleted key encrypts is lost with it, unless the vault retains deleted keys for a while.

Bad, terraform:

    resource "azurerm_key_vault" "a" {
      name                = "shop"
      resource_group_name = "shop"
      soft_delete_enabled = false
    }

Good, terraform:

    resource "azurerm_key_vault" "a" {
      name                       = "shop"
      resource_group_name        = "shop"
      soft_delete_retention_days = 90
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.keys import Vault


def faults(model: Vault) -> Iterator[Fault]:
    """Vaults have soft delete."""
    if model.soft_delete_days == 0:
        yield Fault(path="soft_delete_days", found="soft delete is off", want=90)


CONTROL = Control(
    id="soft-deleting-vaults",
    title="Vaults have soft delete",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("soft_delete_days",),
    references=(
        terraform("azurerm/r/key_vault"),
        cis_azure("8.5"),
        cwe(693),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Vault",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
