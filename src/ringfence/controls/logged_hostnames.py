"""PostgreSQL logs host names.

Months later, when another machine has the address, an address alone says little.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_hostname"
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
          name  = "log_hostname"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.flags import switched_off
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: DatabaseFlags) -> Iterator[Fault]:
    """It must not be off; where all parameters are listed, it must be among them."""
    yield from switched_off(model, "log_hostname", Decision("set log_hostname to on"))


CONTROL = Control(
    id="logged-hostnames",
    title="PostgreSQL logs host names",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.8", "1.2.0"),
        terraform("google/r/sql_database_instance"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.CIS_GCP}),
)
