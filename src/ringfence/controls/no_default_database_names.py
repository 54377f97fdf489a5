"""Databases do not use the default database name.

Every cluster's first database is called `dev`. Having to guess the name as well makes an attack harder.

Bad, terraform:

    resource "aws_redshift_cluster" "reports" {
      cluster_identifier = "reports"
      node_type          = "ra3.large"
      database_name      = "dev"
    }

Good, terraform:

    resource "aws_redshift_cluster" "reports" {
      cluster_identifier = "reports"
      node_type          = "ra3.large"
      database_name      = "reports"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """It must not have the provider's default name."""
    if model.default_name:
        yield Fault(path="default_name", found="it has the default database name", want=_QUESTION)


_QUESTION = Decision("what should it be called?")


CONTROL = Control(
    id="no-default-database-names",
    title="Databases do not use the default database name",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("default_name",),
    references=(
        aws_hub("Redshift.9"),
        terraform("aws/r/redshift_cluster"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
