"""PostgreSQL logs errors and changes, and no data.

A log that starts at fatal errors misses tried attacks; one with every slow statement holds people's data.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_min_messages"
          value = "fatal"
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
          name  = "log_min_messages"
          value = "warning"
        }

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
from ringfence.controls.tls import OFF
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: DatabaseFlags) -> Iterator[Fault]:
    """What is set is as the benchmark wants it."""
    if model.engine != "postgres":
        return
    for index, one in enumerate(model.settings):
        if _is_bad(one.key, one.value):
            found = f"{one.key} is {one.value or 'empty'}"
            yield Fault(path=f"settings[{index}].value", found=found, want=_WANTED[one.key])


def _is_bad(key: str, value: str) -> bool:
    if key in ("log_min_messages", "log_min_error_statement"):
        return value in ("log", "fatal", "panic") or (key == "log_min_messages" and value == "error")
    if key == "log_min_duration_statement":
        return value != "-1"
    return (key == "log_statement" and value == "none") or (key in _OFF and value not in OFF)


_OFF = ("log_hostname", "log_executor_stats", "log_parser_stats", "log_planner_stats", "log_statement_stats")
_WANTED = {
    "log_min_messages": "warning",
    "log_min_error_statement": "error",
    "log_min_duration_statement": "-1",
    "log_statement": "ddl",
    **dict.fromkeys(_OFF, "off"),
}


CONTROL = Control(
    id="logged-database-statements",
    title="PostgreSQL logs errors and changes, and no data",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.5"),
        cis_gcp("6.2.6"),
        cis_gcp("6.2.7"),
        cis_gcp("6.2.4"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
