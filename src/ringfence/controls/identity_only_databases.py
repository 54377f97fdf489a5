"""Databases accept cloud identities only, not passwords.

Passwords belong to nobody, get copied into settings, and are never revoked. Identities can be restricted, and appear
in logs.

Bad, terraform:

    resource "azurerm_cosmosdb_account" "a" {
      name                          = "shop"
      offer_type                    = "Standard"
      local_authentication_disabled = false
    }

Good, terraform:

    resource "azurerm_cosmosdb_account" "a" {
      name                          = "shop"
      offer_type                    = "Standard"
      local_authentication_disabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Databases accept cloud identities only, not passwords."""
    if model.local_auth:
        yield Fault(path="local_auth", found="local passwords or keys are accepted", want=_QUESTION)


_QUESTION = Decision("can all clients use cloud identities? then turn local authentication off")


CONTROL = Control(
    id="identity-only-databases",
    title="Databases accept cloud identities only, not passwords",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("local_auth",),
    references=(
        terraform("azurerm/r/cosmosdb_account"),
        cis_azure("4.5.3"),
        cwe(522),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
