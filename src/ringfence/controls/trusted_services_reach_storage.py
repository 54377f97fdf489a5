"""The provider's trusted services can reach a storage account.

If everybody is kept out, so are backups, logging and monitoring, unless the account admits the provider's trusted
services.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      network_rules {
        default_action = "Deny"
        bypass         = ["None"]
      }
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
        bypass         = ["AzureServices"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """The provider's trusted services can reach a storage account."""
    if model.services_bypass is False:
        yield Fault(path="services_bypass", found="the provider's trusted services are kept out", want=_QUESTION)


_QUESTION = Decision("may the provider's trusted services reach it? then add AzureServices to the bypass")


CONTROL = Control(
    id="trusted-services-reach-storage",
    title="The provider's trusted services can reach a storage account",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("services_bypass",),
    references=(
        terraform("azurerm/r/storage_account"),
        cis_azure("3.9"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
