"""Databases do not use a default administrator name.

Attackers try `admin`, `postgres` and `root` first. With another name they have two things to guess.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      username          = "postgres"
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      username          = "shop_owner"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """The administrator must not have a name that everybody knows."""
    if model.admin_user is not None and model.admin_user.lower() in _KNOWN:
        yield Fault(path="admin_user", found=f"its administrator is {model.admin_user!r}", want=_QUESTION)


_KNOWN = frozenset(
    "admin administrator awsuser azure_admin azure_administrator azure_pg_admin azure_superuser dbadmin guest mysql"
    " postgres public root rdsadmin sa sqladmin superuser user".split()
)
_QUESTION = Decision("what should its administrator be called?")


CONTROL = Control(
    id="no-default-admin-name",
    title="Databases do not use a default administrator name",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("admin_user",),
    references=(
        aws_hub("RDS.24"),
        aws_hub("RDS.25"),
        cwe(1392),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
