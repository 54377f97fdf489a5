"""Databases use a certificate authority that is still valid.

The authorities rds-ca-2015 and rds-ca-2019 have expired. Clients that verify the certificate can no longer connect,
so verification gets turned off, and then anybody can impersonate the server.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine             = "postgres"
      instance_class     = "db.t4g.medium"
      allocated_storage  = 50
      ca_cert_identifier = "rds-ca-2019"
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine             = "postgres"
      instance_class     = "db.t4g.medium"
      allocated_storage  = 50
      ca_cert_identifier = "rds-ca-rsa2048-g1"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """The certificate's authority must not be one that has expired."""
    if model.certificate in _EXPIRED:
        yield Fault(path="certificate", found=f"{model.certificate} has expired", want="rds-ca-rsa2048-g1")


_EXPIRED = frozenset({"rds-ca-2010", "rds-ca-2015", "rds-ca-2019"})


CONTROL = Control(
    id="current-database-certificates",
    title="Databases use a certificate authority that is still valid",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("certificate",),
    references=(
        aws("AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation"),
        terraform("aws/r/db_instance"),
        cwe(298),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
