"""PostgreSQL logs schema and permission changes.

An intruder creates a user, a function or a view to come back with.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_statement"
          value = "none"
        }
      }
    }

Good, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_statement"
          value = "ddl"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.database import ServerSettings
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: ServerSettings) -> Iterator[Fault]:
    """It must not be off; where all parameters are listed, it must be among them."""
    said = False
    for index, one in enumerate(model.settings):
        if one.key == "log_statement":
            said = True
            if one.value == "none":
                yield Fault(path=f"settings[{index}].value", found="changes are not logged", want="ddl")
    if not said and isinstance(model, DatabaseFlags) and model.engine == "postgres" and model.complete:
        yield Fault(path="settings", found="log_statement is not set", want=Decision("set log_statement to ddl"))


CONTROL = Control(
    id="logged-schema-changes",
    title="PostgreSQL logs schema and permission changes",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.4"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
