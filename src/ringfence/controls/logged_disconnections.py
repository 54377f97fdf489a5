"""PostgreSQL logs how long sessions last.

A session that lasted all night was copying something.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "POSTGRES_16"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "log_disconnections"
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
          name  = "log_disconnections"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.flags import switched_off
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cis_gcp, terraform
from ringfence.models.cloud.database import ServerSettings


def faults(model: ServerSettings) -> Iterator[Fault]:
    """It must not be off; where all parameters are listed, it must be among them."""
    yield from switched_off(model, "log_disconnections", Decision("set log_disconnections to on"))


CONTROL = Control(
    id="logged-disconnections",
    title="PostgreSQL logs how long sessions last",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.3"),
        terraform("google/r/sql_database_instance"),
        cis_azure("4.3.4"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP, Standard.CIS_AZURE}),
)
