"""PostgreSQL logs the temporary files of large queries.

A query that needs temporary files is a large report, or somebody copying everything.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_temp_files"
          value = "1024"
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
          name  = "log_temp_files"
          value = "0"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import ServerSettings
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: ServerSettings) -> Iterator[Fault]:
    """All files are logged; where all parameters are listed, that must be among them."""
    said = None
    for index, one in enumerate(model.settings):
        if one.key == "log_temp_files":
            said = one.value
            if one.value != "0":
                yield Fault(path=f"settings[{index}].value", found="not all files are logged", want="0")
    if said is None and isinstance(model, DatabaseFlags) and model.engine == "postgres" and model.complete:
        yield Fault(path="settings", found="log_temp_files is not set", want=Decision("set log_temp_files to 0"))


CONTROL = Control(
    id="logged-temporary-files",
    title="PostgreSQL logs the temporary files of large queries",
    severity=Severity.LOW,
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
