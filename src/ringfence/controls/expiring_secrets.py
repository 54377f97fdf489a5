"""Keys and secrets have an expiry date.

What never expires never gets replaced.

Bad, terraform:

    resource "azurerm_key_vault_secret" "a" {
      name         = "db"
      value        = var.password
      key_vault_id = azurerm_key_vault.a.id
    }

Good, terraform:

    resource "azurerm_key_vault_secret" "a" {
      name            = "db"
      value           = var.password
      key_vault_id    = azurerm_key_vault.a.id
      expiration_date = "2027-01-01T00:00:00Z"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.keys import Key, StoredSecret


def faults(model: Key | StoredSecret) -> Iterator[Fault]:
    """It says until when it holds."""
    if model.expires is False:
        yield Fault(path="expires", found="it never expires", want=_QUESTION)


_QUESTION = Decision("when should it expire?")


CONTROL = Control(
    id="expiring-secrets",
    title="Keys and secrets have an expiry date",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("expires",),
    references=(
        cis_azure("8.1"),
        cis_azure("8.3"),
        cwe(324),
    ),
    unsafe_fix=False,
    faults=faults,
    models=(
        "Key",
        "StoredSecret",
    ),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
