"""Signed storage links expire soon.

A signed link works for anybody who has it until it expires. A policy limits how long that may be.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                      = "shop"
      resource_group_name       = "shop"
      location                  = "westeurope"
      account_tier              = "Standard"
      account_replication_type  = "GRS"
      shared_access_key_enabled = true
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      sas_policy {
        expiration_period = "00.01:00:00"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Signed storage links expire soon."""
    if model.signed_expiry is False:
        yield Fault(path="signed_expiry", found="nothing limits how long a signed link is valid", want=_QUESTION)


_QUESTION = Decision("how long may a signed link be valid? add a sas_policy")


CONTROL = Control(
    id="expiring-shared-access",
    title="Signed storage links expire soon",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("signed_expiry",),
    references=(
        terraform("azurerm/r/storage_account"),
        cis_azure("3.6"),
        cwe(613),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
