"""Rules that open a database have a description.

Nobody dares to remove a rule whose reason nobody knows. One sentence of explanation keeps it short-lived.

Bad, terraform:

    resource "aws_redshift_security_group" "reports" {
      name        = "reports"
      description = ""
      ingress {
        cidr = "10.20.0.0/16"
      }
    }

Good, terraform:

    resource "aws_redshift_security_group" "reports" {
      name        = "reports"
      description = "The reporting service reads sales"
      ingress {
        cidr = "10.20.0.0/16"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.database import DatabaseAccess


def faults(model: DatabaseAccess) -> Iterator[Fault]:
    """It must have a description of its own."""
    if model.described is False:
        yield Fault(path="described", found="it has no description", want=_QUESTION)


_QUESTION = Decision("what is this access for?")


CONTROL = Control(
    id="described-database-access",
    title="Rules that open a database have a description",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("described",),
    references=(
        terraform("aws/r/redshift_security_group"),
        terraform("aws/r/elasticache_security_group"),
        cwe(1059),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DatabaseAccess",),
    standards=frozenset({Standard.DEFAULT}),
)
