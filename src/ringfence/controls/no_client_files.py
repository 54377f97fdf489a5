"""MySQL does not read files from its clients.

With local_infile, a compromised server, or one that poses as it, can read files of every client that connects.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "MYSQL_8_4"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "local_infile"
          value = "on"
        }
      }
    }

Good, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "MYSQL_8_4"

      settings {
        tier = "db-f1-micro"

        database_flags {
          name  = "local_infile"
          value = "off"
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
    """It is off; the provider has it on where it is not said."""
    if model.engine == "mysql" and model.complete and not any(one.key == "local_infile" for one in model.settings):
        yield Fault(path="settings", found="local_infile is on by default", want=_QUESTION)
    for index, one in enumerate(model.settings):
        if model.engine == "mysql" and one.key == "local_infile" and one.value not in OFF:
            yield Fault(path=f"settings[{index}].value", found="local_infile is on", want="off")


_QUESTION = Decision("can local_infile be set to off?")


CONTROL = Control(
    id="no-client-files",
    title="MySQL does not read files from its clients",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.1.3"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
