"""Secrets have a content type.

Somebody who has to rotate a leaked secret needs to know what it opens.

Bad, terraform:

    resource "azurerm_key_vault_secret" "a" {
      name            = "a"
      value           = var.password
      expiration_date = "2027-01-01T00:00:00Z"
    }

Good, terraform:

    resource "azurerm_key_vault_secret" "a" {
      name            = "a"
      value           = var.password
      content_type    = "password of the shop database"
      expiration_date = "2027-01-01T00:00:00Z"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.keys import StoredSecret


def faults(model: StoredSecret) -> Iterator[Fault]:
    """Secrets have a content type."""
    if model.typed is False:
        yield Fault(path="typed", found="it has no content type", want=_QUESTION)


_QUESTION = Decision("what is it? set content_type")


CONTROL = Control(
    id="typed-secrets",
    title="Secrets have a content type",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("typed",),
    references=(
        terraform("azurerm/r/key_vault_secret"),
        cwe(1059),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StoredSecret",),
    standards=frozenset({Standard.DEFAULT}),
)
