"""PostgreSQL does not log the text of slow queries.

Query text contains names, addresses and passwords; more people read the log than the database.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_min_duration_statement"
          value = "250"
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
          name  = "log_min_duration_statement"
          value = "-1"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.database import ServerSettings
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: ServerSettings) -> Iterator[Fault]:
    """Only where the benchmark goes through the flags: elsewhere slow queries are asked for."""
    if not isinstance(model, DatabaseFlags) or model.engine != "postgres":
        return
    for index, one in enumerate(model.settings):
        if one.key == "log_min_duration_statement" and one.value != "-1":
            yield Fault(
                path=f"settings[{index}].value",
                found=f"queries that take {one.value or '?'} ms are logged with their full text",
                want="-1",
            )


CONTROL = Control(
    id="no-logged-questions",
    title="PostgreSQL does not log the text of slow queries",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.7"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
