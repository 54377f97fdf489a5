"""External scripts and remote access are off in SQL Server.

External scripts lead from the database to its machine. Options that every login gets, and a limit on logins, can lock
users out or let them do more than intended.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "external scripts enabled"
          value = "on"
        }
      }
    }

Good, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "external scripts enabled"
          value = "off"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: DatabaseFlags) -> Iterator[Fault]:
    """None of them may be on."""
    if model.engine != "sqlserver":
        return
    for index, one in enumerate(model.settings):
        if one.key == "external scripts enabled" and one.value not in OFF:
            yield Fault(path=f"settings[{index}].value", found=f"{one.key} is on", want="off")
        if one.key == "user connections" and one.value != "0":
            yield Fault(
                path=f"settings[{index}].value", found=f"{one.value} failed logins lock everybody out", want="0"
            )
        if one.key == "user options" and one.value not in ("", "0"):
            yield Fault(path=f"settings[{index}].value", found="every login gets hidden options", want="0")


CONTROL = Control(
    id="bounded-sql-server",
    title="External scripts and remote access are off in SQL Server",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.3.1"),
        cis_gcp("6.3.3"),
        cis_gcp("6.3.4"),
        cis_gcp("6.3.5"),
        cis_gcp("6.3.6"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
