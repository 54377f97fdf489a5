"""Database servers run a supported release.

A release gets fixes until a date announced long before. From then on every vulnerability stays open, unless you pay
the provider for extended support.

Bad, terraform:

    resource "google_sql_database_instance" "orders" {
      name             = "orders"
      database_version = "POSTGRES_11"

      settings {
        tier = "db-custom-2-7680"
      }
    }

Bad, terraform:

    resource "aws_elasticache_replication_group" "sessions" {
      replication_group_id = "sessions"
      description          = "sessions of the shop"
      engine               = "redis"
      engine_version       = "5.0.6"
    }

Good, terraform:

    resource "google_sql_database_instance" "orders" {
      name             = "orders"
      database_version = "POSTGRES_17"

      settings {
        tier = "db-custom-2-7680"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.known import softwarereleases
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.database import Database, DatabaseRelease


def faults(model: Database | DatabaseRelease) -> Iterator[Fault]:
    """Database servers run a supported release."""
    if isinstance(model, DatabaseRelease):
        known = softwarereleases.served(model.engine, model.version)
    else:
        known = softwarereleases.named(model.engine, model.version) if model.version else None
    if known is None:
        return
    product, release, end = known
    if end < softwarereleases.today().isoformat():
        yield Fault(path="version", found=f"{product.title} {release} has been unsupported since {end}", want=_QUESTION)


_QUESTION = Decision("to which release can it be moved?")


CONTROL = Control(
    id="supported-databases",
    title="Database servers run a supported release",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("version",),
    references=(
        terraform("google/r/sql_database_instance"),
        terraform("azurerm/r/postgresql_flexible_server"),
        aws("AmazonElastiCache/latest/dg/engine-versions"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Database", "DatabaseRelease"),
    standards=frozenset({Standard.DEFAULT}),
)
