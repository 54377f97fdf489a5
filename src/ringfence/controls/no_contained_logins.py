"""SQL Server has no contained database users.

Contained users are created by the owner of a database, without the administrator of the server.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "contained database authentication"
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
          name  = "contained database authentication"
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
    """It is off, which it is where it is not said."""
    for index, one in enumerate(model.settings):
        if model.engine == "sqlserver" and one.key == "contained database authentication" and one.value not in OFF:
            yield Fault(path=f"settings[{index}].value", found="contained database authentication is on", want="off")


CONTROL = Control(
    id="no-contained-logins",
    title="SQL Server has no contained database users",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.3.7"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
