"""Data services accept encrypted connections only.

Without TLS, anybody on the way can read and change passwords and data. Clients without TLS stop working once it is
required, so prepare them first.

Bad, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id       = "sessions"
      description                = "Sessions of the shop"
      node_type                  = "cache.t4g.small"
      transit_encryption_enabled = false
    }

Good, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id       = "sessions"
      description                = "Sessions of the shop"
      node_type                  = "cache.t4g.small"
      transit_encryption_enabled = true
    }

Bad, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      domain_endpoint_options {
        enforce_https = false
      }
    }

Good, terraform:

    resource "aws_opensearch_domain" "logs" {
      domain_name = "logs"
      domain_endpoint_options {
        enforce_https = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cis_azure, cis_gcp, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Connections of clients must be encrypted."""
    if model.tls_required is False:
        yield Fault(path="tls_required", found="clients can connect without encryption", want=True)


CONTROL = Control(
    id="tls-databases",
    title="Data services accept encrypted connections only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tls_required",),
    references=(
        cis_gcp("6.4"),
        cis_azure("4.3.1"),
        cis_azure("4.4.1"),
        aws("AmazonElastiCache/latest/dg/in-transit-encryption"),
        aws("AmazonRDS/latest/UserGuide/UsingWithRDS.SSL"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP, Standard.CIS_AZURE}),
)
