"""Buckets keep old versions.

What a mistake or an attacker overwrites or deletes can only be restored from old versions.

Bad, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

Bad, terraform:

    resource "aws_s3_bucket_versioning" "data" {
      bucket = aws_s3_bucket.data.id
      versioning_configuration {
        status = "Suspended"
      }
    }

Bad, terraform:

    resource "azurerm_storage_account" "data" {
      name                     = "exampledata"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
    }

Good, terraform:

    resource "aws_s3_bucket" "data" {
      bucket = "example-data"
    }

    resource "aws_s3_bucket_versioning" "data" {
      bucket = aws_s3_bucket.data.id
      versioning_configuration {
        status = "Enabled"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Versions are kept."""
    if model.versioned is False:
        yield Fault(path="versioned", found="old versions are not kept", want=True)


CONTROL = Control(
    id="versioned-buckets",
    title="Buckets keep old versions",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("versioned",),
    references=(
        aws_hub("S3.14"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT}),
)
