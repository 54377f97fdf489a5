"""MySQL hides databases from users without rights to them.

The names of databases say what is worth stealing.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "MYSQL_8_4"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "local_infile"
          value = "off"
        }
      }
    }

Good, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "MYSQL_8_4"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "skip_show_database"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.flags import switched_off
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: DatabaseFlags) -> Iterator[Fault]:
    """It must be on; where all parameters are listed, it must be among them."""
    if model.engine == "mysql":
        yield from switched_off(model, "skip_show_database", Decision("set skip_show_database to on"), missing="mysql")


CONTROL = Control(
    id="hidden-databases",
    title="MySQL hides databases from users without rights to them",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.1.2"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
