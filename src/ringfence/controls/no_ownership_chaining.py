"""Cross-database ownership chaining is off in SQL Server.

With chaining, the owner of a table in one database reaches the same owner's tables in all the others.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "cross db ownership chaining"
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
          name  = "cross db ownership chaining"
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
        if model.engine == "sqlserver" and one.key == "cross db ownership chaining" and one.value not in OFF:
            yield Fault(path=f"settings[{index}].value", found="cross db ownership chaining is on", want="off")


CONTROL = Control(
    id="no-ownership-chaining",
    title="Cross-database ownership chaining is off in SQL Server",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.3.2"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
