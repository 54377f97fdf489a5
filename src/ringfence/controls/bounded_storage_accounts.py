"""Storage accounts accept known networks only.

A stolen key or a leaked link is worth less if the account does not answer the thief's address.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      min_tls_version          = "TLS1_2"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      network_rules {
        default_action = "Deny"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage accounts accept known networks only."""
    if model.network_limited is False:
        yield Fault(path="network_limited", found="it accepts every network", want=_QUESTION)


_QUESTION = Decision("which networks need access?")


CONTROL = Control(
    id="bounded-storage-accounts",
    title="Storage accounts accept known networks only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("network_limited",),
    references=(
        terraform("azurerm/r/storage_account"),
        cis_azure("3.8"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
