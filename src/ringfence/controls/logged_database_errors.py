"""PostgreSQL logs warnings and errors.

A log that starts at fatal errors misses attacks that are tried.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_min_messages"
          value = "panic"
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
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """Where it is said, it is as it should be."""
    for index, one in enumerate(model.settings):
        if one.key == "log_min_messages" and one.value in ("error", "log", "fatal", "panic"):
            yield Fault(
                path=f"settings[{index}].value", found=f"only messages from {one.value} on are logged", want="warning"
            )


CONTROL = Control(
    id="logged-database-errors",
    title="PostgreSQL logs warnings and errors",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.5"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
