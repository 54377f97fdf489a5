"""Databases do not use their default port.

Scanners try a database's usual port first. Another port stops no determined attacker, but keeps the database off
their lists; some benchmarks ask for it.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      port              = 5432
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      port              = 15432
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """It must not listen on the engine's usual port."""
    if model.default_port:
        yield Fault(path="default_port", found="it listens on its engine's usual port", want=_QUESTION)


_QUESTION = Decision("which port should it have?")


CONTROL = Control(
    id="no-default-ports",
    title="Databases do not use their default port",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("default_port",),
    references=(
        aws_hub("RDS.23"),
        terraform("aws/r/elasticache_cluster"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
