"""Databases are protected from deletion.

A renamed resource, or a `terraform destroy` in the wrong directory, deletes a database and its automatic backups.
With protection on, that takes two steps.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine              = "postgres"
      instance_class      = "db.t4g.medium"
      allocated_storage   = 50
      deletion_protection = false
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine              = "postgres"
      instance_class      = "db.t4g.medium"
      allocated_storage   = 50
      deletion_protection = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Deletion protection must be on."""
    if model.deletion_protection is False:
        yield Fault(path="deletion_protection", found="it is not protected from deletion", want=True)


CONTROL = Control(
    id="deletion-protected-databases",
    title="Databases are protected from deletion",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("deletion_protection",),
    references=(
        aws_hub("RDS.8"),
        aws("AmazonRDS/latest/UserGuide/USER_DeleteInstance"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
