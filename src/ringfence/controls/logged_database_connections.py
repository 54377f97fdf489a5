"""PostgreSQL logs who connects, and what is slow to lock.

Tried passwords, odd hours and sessions that never end show in the log of connections; locks that are waited for, and
files that are written, show a flood.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_connections"
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
          name  = "log_checkpoints"
          value = "on"
        }

        database_flags {
          name  = "log_connections"
          value = "on"
        }

        database_flags {
          name  = "log_disconnections"
          value = "on"
        }

        database_flags {
          name  = "log_lock_waits"
          value = "on"
        }

        database_flags {
          name  = "log_temp_files"
          value = "0"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cis_gcp, terraform
from ringfence.controls.tls import OFF
from ringfence.models.cloud.database import ServerSettings
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: ServerSettings) -> Iterator[Fault]:
    """None of them may be off; where all are listed, none may be missing."""
    said = {one.key for one in model.settings}
    for index, one in enumerate(model.settings):
        if one.key in _ASKED and one.value in OFF:
            yield Fault(path=f"settings[{index}].value", found=f"{one.key} is {one.value}", want=_written(one.value))
        if one.key == "log_temp_files" and one.value != "0":
            yield Fault(path=f"settings[{index}].value", found="not all temporary files are logged", want="0")
    if isinstance(model, DatabaseFlags) and model.engine == "postgres" and model.complete:
        for key in (*_ASKED, "log_temp_files"):
            if key not in said:
                yield Fault(path="settings", found=f"{key} is not set", want=Decision(f"may {key} be turned on?"))


def _written(off: str) -> str:
    return "1" if off == "0" else "on"


_ASKED = ("log_checkpoints", "log_connections", "log_disconnections", "log_lock_waits")


CONTROL = Control(
    id="logged-database-connections",
    title="PostgreSQL logs who connects, and what is slow to lock",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.2"),
        cis_gcp("6.2.3"),
        cis_azure("4.3.2"),
        cis_azure("4.3.3"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP, Standard.CIS_AZURE}),
)
