"""Storage accepts TLS only.

Without TLS, keys and data can be read on the way.

Bad, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

    resource "aws_s3_bucket_policy" "orders" {
      bucket = aws_s3_bucket.orders.id
      policy = jsonencode({
        Statement = [{
          Effect    = "Allow"
          Principal = { AWS = "arn:aws:iam::111122223333:role/shop" }
          Action    = "s3:GetObject"
          Resource  = "${aws_s3_bucket.orders.arn}/*"
        }]
      })
    }

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                       = "shop"
      resource_group_name        = "shop"
      location                   = "westeurope"
      account_tier               = "Standard"
      account_replication_type   = "LRS"
      https_traffic_only_enabled = false
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                       = "shop"
      resource_group_name        = "shop"
      location                   = "westeurope"
      account_tier               = "Standard"
      account_replication_type   = "LRS"
      https_traffic_only_enabled = true
    }

Good, terraform:

    resource "aws_s3_bucket" "orders" {
      bucket = "example-orders"
    }

    resource "aws_s3_bucket_policy" "orders" {
      bucket = aws_s3_bucket.orders.id
      policy = jsonencode({
        Statement = [{
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = [aws_s3_bucket.orders.arn, "${aws_s3_bucket.orders.arn}/*"]
          Condition = { Bool = { "aws:SecureTransport" = "false" } }
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cis_azure, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Storage accepts TLS only."""
    if model.tls_only is False:
        yield Fault(path="tls_only", found="it also accepts connections without TLS", want=True)


CONTROL = Control(
    id="tls-only-buckets",
    title="Storage accepts TLS only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tls_only",),
    references=(
        cis_azure("3.1"),
        aws_hub("S3.5"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
