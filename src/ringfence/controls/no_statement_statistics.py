"""PostgreSQL does not log statement statistics.

These statistics are for PostgreSQL developers: they fill the log, and reveal to its readers what was queried.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_parser_stats"
          value = "on"
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
          name  = "log_parser_stats"
          value = "off"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """None of the four may be on."""
    for index, one in enumerate(model.settings):
        if model.engine == "postgres" and one.key in _STATISTICS and one.value in ("on", "1", "true", "yes"):
            yield Fault(path=f"settings[{index}].value", found=f"{one.key} is {one.value}", want="off")


_STATISTICS = ("log_executor_stats", "log_parser_stats", "log_planner_stats", "log_statement_stats")


CONTROL = Control(
    id="no-statement-statistics",
    title="PostgreSQL does not log statement statistics",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.9", "1.2.0"),
        cis_gcp("6.2.10", "1.2.0"),
        cis_gcp("6.2.11", "1.2.0"),
        cis_gcp("6.2.12", "1.2.0"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
