"""The portal opens storage with the identity of the user.

Otherwise the portal uses the key of the account for everybody who may list its keys: that key opens everything, and
the logs do not say who used it.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                            = "shop"
      resource_group_name             = "shop"
      location                        = "westeurope"
      account_tier                    = "Standard"
      account_replication_type        = "GRS"
      default_to_oauth_authentication = false
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                            = "shop"
      resource_group_name             = "shop"
      location                        = "westeurope"
      account_tier                    = "Standard"
      account_replication_type        = "GRS"
      default_to_oauth_authentication = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Where the account has keys, the portal does not use them unasked."""
    if model.portal_identity is False and model.shared_key is not False:
        found = "the portal opens it with the account's key"
        yield Fault(path="portal_identity", found=found, want=True, rests_on=("shared_key",))


CONTROL = Control(
    id="own-identity-in-portal",
    title="The portal opens storage with the identity of the user",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("portal_identity",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT}),
)
