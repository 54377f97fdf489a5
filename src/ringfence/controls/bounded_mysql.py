"""MySQL reads no files of its clients, and shows no foreign databases.

With local_infile a server that is taken over, or one that poses as it, reads files of every client that connects.

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

        database_flags {
          name  = "skip_show_database"
          value = "on"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.controls.tls import OFF
from ringfence.models.cloud.flags import DatabaseFlags


def faults(model: DatabaseFlags) -> Iterator[Fault]:
    """The one is off; the other is on, where it is said or all is listed."""
    if model.engine != "mysql":
        return
    said = {one.key: (index, one.value) for index, one in enumerate(model.settings)}
    index, value = said.get("local_infile", (0, "off"))
    if value not in OFF:
        yield Fault(path=f"settings[{index}].value", found="local_infile is on", want="off")
    index, value = said.get("skip_show_database", (-1, ""))
    if index >= 0 and value in OFF:
        yield Fault(path=f"settings[{index}].value", found="skip_show_database is off", want="on", severity=_LESS)
    elif index < 0 and model.complete:
        question = Decision("may skip_show_database be on?")
        yield Fault(path="settings", found="skip_show_database is not set", want=question, severity=_LESS)


_LESS = Severity.LOW


CONTROL = Control(
    id="bounded-mysql",
    title="MySQL reads no files of its clients, and shows no foreign databases",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("settings",),
    references=(
        cis_gcp("6.1.2"),
        cis_gcp("6.1.3"),
        terraform("google/r/sql_database_instance"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("DatabaseFlags",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
