"""Data services are encrypted with a customer-managed key.

A key of your own has a policy that says who may use it and a record of each use, and can be revoked for everybody at
once. With the provider's key, access to the database is access to its data.

Bad, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      storage_encrypted = true
    }

Good, terraform:

    resource "aws_db_instance" "main" {
      engine            = "postgres"
      instance_class    = "db.t4g.medium"
      allocated_storage = 50
      storage_encrypted = true
      kms_key_id        = aws_kms_key.data.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_azure, cwe, terraform
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-databases",
    title="Data services are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        cis_azure("4.1.3"),
        aws("AmazonRDS/latest/UserGuide/Overview.Encryption.Keys"),
        terraform("aws/r/rds_cluster"),
        cwe(320),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
