"""Databases can be rewound in place.

Backtracking undoes a bad statement within minutes, without restoring a backup into a second cluster.

Bad, terraform:

    resource "aws_rds_cluster" "main" {
      engine           = "aurora-mysql"
      backtrack_window = 0
    }

Good, terraform:

    resource "aws_rds_cluster" "main" {
      engine           = "aurora-mysql"
      backtrack_window = 86400
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Backtracking must be on where the engine has it."""
    if model.backtrack is False:
        yield Fault(path="backtrack", found="backtracking is off", want=_QUESTION)


_QUESTION = Decision("how many seconds back should it be possible to rewind?")


CONTROL = Control(
    id="backtracked-databases",
    title="Databases can be rewound in place",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("backtrack",),
    references=(
        aws_hub("RDS.14"),
        aws("AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
