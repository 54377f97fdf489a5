"""PostgreSQL sessions are audited with pgAudit.

The standard log says which statement ran, not which tables it touched and on whose behalf.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_connections"
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
          name  = "cloudsql.enable_pgaudit"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import OFF
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: DatabaseFlags) -> Iterator[Fault]:
    """It is on."""
    said = {one.key: index for index, one in enumerate(model.settings)}
    index = said.get("cloudsql.enable_pgaudit")
    if index is not None and model.settings[index].value in OFF:
        yield Fault(path=f"settings[{index}].value", found="pgAudit is off", want="on")
    elif index is None and model.engine == "postgres" and model.complete:
        yield Fault(path="settings", found="pgAudit is not on", want=Decision("set cloudsql.enable_pgaudit to on"))


CONTROL = Control(
    id="audited-database-sessions",
    title="PostgreSQL sessions are audited with pgAudit",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.8"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
