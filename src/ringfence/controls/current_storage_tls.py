"""Storage accepts TLS 1.2 and newer only.

An attacker who can force both sides to fall back can read what is sent with TLS 1.0 or 1.1.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      min_tls_version          = "TLS1_0"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      min_tls_version          = "TLS1_2"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage accepts TLS 1.2 and newer only."""
    if model.min_tls is not None and is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=f"TLS {model.min_tls} is accepted", want="1.2")


CONTROL = Control(
    id="current-storage-tls",
    title="Storage accepts TLS 1.2 and newer only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
    references=(
        cis_azure("3.15"),
        cwe(326),
        terraform("azurerm/r/storage_account"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
