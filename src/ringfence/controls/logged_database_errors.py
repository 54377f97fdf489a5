"""PostgreSQL logs warnings and errors.

A log that starts at fatal errors misses attempted attacks.

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
        wanted, late = _WANTED.get(one.key, ("", ()))
        path = f"settings[{index}].value"
        if one.value in late:
            yield Fault(path=path, found=f"{one.key} drops messages below {one.value}", want=wanted)
        elif wanted and one.value not in _LEVELS:
            yield Fault(path=path, found=f"{one.key} has no level called {one.value}", want=wanted)


_LEVELS = frozenset("debug5 debug4 debug3 debug2 debug1 debug info notice warning error log fatal panic".split())


#: What each parameter should be, and at which values it leaves errors out.
_WANTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "log_min_messages": ("warning", ("log", "fatal", "panic")),
    "log_min_error_statement": ("error", ("log", "fatal", "panic")),
}


CONTROL = Control(
    id="logged-database-errors",
    title="PostgreSQL logs warnings and errors",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.2.5"),
        cis_gcp("6.2.6"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServerSettings",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
