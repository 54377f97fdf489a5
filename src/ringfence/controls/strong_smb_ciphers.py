"""File shares accept AES-256-GCM only.

An attacker between two machines can make them agree on the weakest cipher that both accept.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shopfiles"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shopfiles"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"

      share_properties {
        smb {
          channel_encryption_type = ["AES-256-GCM"]
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """File shares accept AES-256-GCM only."""
    if model.smb_ciphers is None:
        return
    older = [one for one in model.smb_ciphers if one.upper() != "AES-256-GCM"]
    if older or not model.smb_ciphers:
        said = ", ".join(older) or "every cipher"
        yield Fault(path="smb_ciphers", found=f"its shares accept {said}", want=_QUESTION)


_QUESTION = Decision("do all clients of its shares support AES-256-GCM?")


CONTROL = Control(
    id="strong-smb-ciphers",
    title="File shares accept AES-256-GCM only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("smb_ciphers",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(327),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.CIS_AZURE}),
)
