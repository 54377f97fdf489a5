"""SQL Server does not allow remote access.

With remote access, a compromised server can run stored procedures on this one. It is on by default.

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
          name  = "remote access"
          value = "off"
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
    """SQL Server does not allow remote access."""
    if model.engine != "sqlserver":
        return
    said = [index for index, one in enumerate(model.settings) if one.key == "remote access"]
    for index in said:
        if model.settings[index].value not in OFF:
            yield Fault(path=f"settings[{index}].value", found="remote access is on", want="off")
    if model.complete and not said:
        yield Fault(path="settings", found="remote access is on", want=_QUESTION)


_QUESTION = Decision("can remote access be set to off?")


CONTROL = Control(
    id="no-remote-procedures",
    title="SQL Server does not allow remote access",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.3.5"),
        terraform("google/r/sql_database_instance"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
