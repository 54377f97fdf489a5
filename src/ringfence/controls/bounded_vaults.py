"""Vaults accept known networks only.

A stolen credential is worth less if the vault does not answer the thief's address.

Bad, terraform:

    resource "azurerm_key_vault" "a" {
      name = "shop"
    }

Good, terraform:

    resource "azurerm_key_vault" "a" {
      name = "shop"
      network_acls {
        bypass         = "AzureServices"
        default_action = "Deny"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.keys import Vault


def faults(model: Vault) -> Iterator[Fault]:
    """Vaults accept known networks only."""
    if not model.network_limited:
        yield Fault(path="network_limited", found="it accepts every network", want=_QUESTION)


_QUESTION = Decision("which networks need access to the vault?")


CONTROL = Control(
    id="bounded-vaults",
    title="Vaults accept known networks only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("network_limited",),
    references=(
        cis_azure("8.7"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Vault",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
