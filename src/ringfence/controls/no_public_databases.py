"""Databases have no public address.

Scanners find a database with a public address within the hour, and then only its password stands between the data and
everybody. Applications reach it over the private network; people, through a bastion or a VPN.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine              = "postgres"
      instance_class      = "db.t4g.medium"
      allocated_storage   = 50
      publicly_accessible = true
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine              = "postgres"
      instance_class      = "db.t4g.medium"
      allocated_storage   = 50
      publicly_accessible = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_aws, cis_gcp, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """It must not take connections from the internet."""
    if model.public:
        yield Fault(path="public", found="it takes connections from the internet", want=False)


CONTROL = Control(
    id="no-public-databases",
    title="Databases have no public address",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        cis_gcp("6.6"),
        cis_aws("2.3.3"),
        aws_hub("RDS.2"),
        terraform("aws/r/db_instance"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS, Standard.CIS_GCP}),
)
