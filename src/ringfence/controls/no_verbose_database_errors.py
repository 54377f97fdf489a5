"""Database error logs are not verbose.

Verbose errors and debugging messages reveal source locations in the server and parts of queries to everybody who may
read the log.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_error_verbosity"
          value = "verbose"
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
          name  = "log_error_verbosity"
          value = "default"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """Database error logs are not verbose."""
    for index, one in enumerate(model.settings):
        if one.key == "log_error_verbosity" and one.value == "verbose":
            yield Fault(path=f"settings[{index}].value", found="verbose error logging is on", want="default")
        if one.key in _LEVELS and one.value.startswith("debug"):
            yield Fault(path=f"settings[{index}].value", found=f"{one.key} is {one.value}", want=_LEVELS[one.key])


#: The parameters that take a level, and the level to log from.
_LEVELS = {"log_min_messages": "warning", "log_min_error_statement": "error"}


CONTROL = Control(
    id="no-verbose-database-errors",
    title="Database error logs are not verbose",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.1"),
        terraform("google/r/sql_database_instance"),
        cwe(532),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
