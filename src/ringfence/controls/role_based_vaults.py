"""Vaults use role-based access control.

A vault's own access policies grant rights to all its keys or none, and are not visible where all other permissions
are.

Bad, terraform:

    resource "azurerm_key_vault" "a" {
      name                     = "shop"
      purge_protection_enabled = true
    }

Good, terraform:

    resource "azurerm_key_vault" "a" {
      name                       = "shop"
      rbac_authorization_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.keys import Vault


def faults(model: Vault) -> Iterator[Fault]:
    """Vaults use role-based access control."""
    if model.roles is False:
        yield Fault(path="roles", found="it uses its own access policies", want=True)


CONTROL = Control(
    id="role-based-vaults",
    title="Vaults use role-based access control",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("roles",),
    references=(
        terraform("azurerm/r/key_vault"),
        cis_azure("8.6"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Vault",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
