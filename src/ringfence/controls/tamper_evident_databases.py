"""Changes to rows can be proved.

A database administrator can change a row and its log. A ledger keeps hashes of every row that ever existed, and these
can be stored elsewhere.

Bad, terraform:

    resource "azurerm_mssql_database" "a" {
      name           = "orders"
      server_id      = azurerm_mssql_server.a.id
    }

Good, terraform:

    resource "azurerm_mssql_database" "a" {
      name           = "orders"
      server_id      = azurerm_mssql_server.a.id
      ledger_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Changes to rows can be proved."""
    if model.ledger is False:
        yield Fault(path="ledger", found="changes to rows could not be proved", want=_QUESTION)


_QUESTION = Decision("must changes be provable? then it needs a new database")


CONTROL = Control(
    id="tamper-evident-databases",
    title="Changes to rows can be proved",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ledger",),
    references=(
        terraform("azurerm/r/mssql_database"),
        cwe(353),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
