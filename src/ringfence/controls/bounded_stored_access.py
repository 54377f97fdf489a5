"""Stored access policies grant only some rights.

Every signed link that uses the policy has all of its rights: somebody who only needs to read could delete.

Bad, terraform:

    resource "azurerm_storage_share" "a" {
      name               = "files"
      storage_account_id = azurerm_storage_account.a.id
      quota              = 50

      acl {
        id = "partner"

        access_policy {
          permissions = "rwdl"
        }
      }
    }

Good, terraform:

    resource "azurerm_storage_share" "a" {
      name               = "files"
      storage_account_id = azurerm_storage_account.a.id
      quota              = 50

      acl {
        id = "partner"

        access_policy {
          permissions = "r"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.account import SharedAccess


def faults(model: SharedAccess) -> Iterator[Fault]:
    """Stored access policies grant only some rights."""
    if model.everything:
        yield Fault(path="everything", found="it grants every permission", want=_QUESTION)


_QUESTION = Decision("which of these permissions are needed?")


CONTROL = Control(
    id="bounded-stored-access",
    title="Stored access policies grant only some rights",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("everything",),
    references=(
        terraform("azurerm/r/storage_share"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("SharedAccess",),
    standards=frozenset({Standard.DEFAULT}),
)
