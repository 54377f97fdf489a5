"""PostgreSQL logs how long statements take.

A statement that suddenly takes minutes is copying a table, or locking others out.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_duration"
          value = "off"
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
          name  = "log_duration"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.flags import switched_off
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """It must not be off; where all parameters are listed, it must be among them."""
    yield from switched_off(model, "log_duration", Decision("set log_duration to on"))


CONTROL = Control(
    id="logged-durations",
    title="PostgreSQL logs how long statements take",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.5", "1.2.0"),
        terraform("google/r/sql_database_instance"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.CIS_GCP}),
)
