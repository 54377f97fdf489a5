"""File shares accept SMB 3.1.1 only.

Older versions of SMB do not protect the negotiation of a connection and accept weak ciphers.

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
          versions = ["SMB3.1.1"]
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """File shares accept SMB 3.1.1 only."""
    if model.smb_versions is None:
        return
    older = [one for one in model.smb_versions if one.upper() != "SMB3.1.1"]
    if older or not model.smb_versions:
        said = ", ".join(older) or "every version"
        yield Fault(path="smb_versions", found=f"its shares accept {said}", want=_QUESTION)


_QUESTION = Decision("do all clients of its shares support SMB 3.1.1?")


CONTROL = Control(
    id="current-smb",
    title="File shares accept SMB 3.1.1 only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("smb_versions",),
    references=(
        terraform("azurerm/r/storage_account"),
        cwe(327),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.CIS_AZURE}),
)
