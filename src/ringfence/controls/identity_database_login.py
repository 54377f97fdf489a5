"""Databases accept logins with cloud identities.

A login with a cloud identity has no password to leak: tokens live for minutes, and revoking a person's rights in one
place also revokes this one.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine                              = "postgres"
      instance_class                      = "db.t4g.medium"
      allocated_storage                   = 50
      iam_database_authentication_enabled = false
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine                              = "postgres"
      instance_class                      = "db.t4g.medium"
      allocated_storage                   = 50
      iam_database_authentication_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Logins by identities of the cloud must be possible."""
    if model.identity_auth is False:
        yield Fault(path="identity_auth", found="only database passwords are accepted", want=True)


CONTROL = Control(
    id="identity-database-login",
    title="Databases accept logins with cloud identities",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("identity_auth",),
    references=(
        aws_hub("RDS.10"),
        aws("AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
