"""Database administrators have a password.

A MySQL user without a password is one that anybody can be.

Bad, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "MYSQL_8_4"

      settings {
        tier = "db-f1-micro"
      }
    }

    resource "google_sql_user" "root" {
      instance = google_sql_database_instance.a.name
      name     = "root"
    }

Good, terraform:

    resource "google_sql_database_instance" "a" {
      name             = "a"
      database_version = "MYSQL_8_4"

      settings {
        tier = "db-f1-micro"
      }
    }

    resource "google_sql_user" "root" {
      instance = google_sql_database_instance.a.name
      name     = "root"
      password = var.password
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.database import DatabaseLogin


def faults(model: DatabaseLogin) -> Iterator[Fault]:
    """Nobody is an administrator by saying so."""
    if model.admin and not model.password:
        yield Fault(path="password", found="its administrator has no password", want=_QUESTION)


_QUESTION = Decision("where does its password come from?")


CONTROL = Control(
    id="database-admin-passwords",
    title="Database administrators have a password",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("password",),
    references=(
        cis_gcp("6.1.1"),
        terraform("google/r/sql_user"),
        cwe(258),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseLogin",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
