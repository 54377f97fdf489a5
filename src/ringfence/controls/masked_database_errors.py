"""SQL Server masks error messages.

Full error messages reveal names of tables and logins to users without rights. Trace flag 3625 masks them.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-custom-2-7680"
      }
    }

Good, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-custom-2-7680"

        database_flags {
          name  = "3625"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: DatabaseFlags) -> Iterator[Fault]:
    """SQL Server masks error messages."""
    if model.engine != "sqlserver":
        return
    said = [index for index, one in enumerate(model.settings) if one.key == "3625"]
    for index in said:
        if model.settings[index].value in OFF:
            yield Fault(path=f"settings[{index}].value", found="error messages are not masked", want="on")
    if model.complete and not said:
        yield Fault(path="settings", found="error messages are not masked", want=_QUESTION)


_QUESTION = Decision("can trace flag 3625 be set to on?")


CONTROL = Control(
    id="masked-database-errors",
    title="SQL Server masks error messages",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.3.6"),
        terraform("google/r/sql_database_instance"),
        cwe(209),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
