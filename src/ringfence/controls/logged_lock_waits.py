"""PostgreSQL logs lock waits.

Long waits for locks reveal a server that is being held up, on purpose or by mistake.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_lock_waits"
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
          name  = "log_lock_waits"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.flags import switched_off
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """It must not be off; where all parameters are listed, it must be among them."""
    yield from switched_off(model, "log_lock_waits", Decision("set log_lock_waits to on"))


CONTROL = Control(
    id="logged-lock-waits",
    title="PostgreSQL logs lock waits",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cwe(778),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
