"""SQL Server's ways around its rights are off.

Scripts from outside, ownership that chains across databases, remote procedures and users that live in a database are
ways around what an administrator has set.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "cross db ownership chaining"
          value = "on"
        }
      }
    }

Good, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "SQLSERVER_2022_STANDARD"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "cross db ownership chaining"
          value = "off"
        }

        database_flags {
          name  = "contained database authentication"
          value = "off"
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
    """None of them may be on."""
    if model.engine != "sqlserver":
        return
    for index, one in enumerate(model.settings):
        if one.key in _OFF and one.value not in OFF:
            yield Fault(path=f"settings[{index}].value", found=f"{one.key} is on", want="off")
        if one.key == "3625" and one.value in OFF:
            found = "errors show more than they should"
            yield Fault(path=f"settings[{index}].value", found=found, want="on", severity=Severity.LOW)


_OFF = (
    "external scripts enabled",
    "cross db ownership chaining",
    "remote access",
    "contained database authentication",
)


CONTROL = Control(
    id="bounded-sql-server",
    title="SQL Server's ways around its rights are off",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.3.1"),
        cis_gcp("6.3.2"),
        cis_gcp("6.3.5"),
        cis_gcp("6.3.6"),
        cis_gcp("6.3.7"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
