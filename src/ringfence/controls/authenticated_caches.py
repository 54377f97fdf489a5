"""Caches authenticate their clients.

Without a password or a user group, whoever reaches the port can read every session, and flush or poison the cache.

Bad, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id       = "sessions"
      description                = "Sessions of the shop"
      node_type                  = "cache.t4g.small"
      transit_encryption_enabled = true
    }

Good, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id       = "sessions"
      description                = "Sessions of the shop"
      node_type                  = "cache.t4g.small"
      transit_encryption_enabled = true
      auth_token                 = var.token
    }

Good, terraform:

    resource "aws_elasticache_replication_group" "main" {
      replication_group_id       = "sessions"
      description                = "Sessions of the shop"
      node_type                  = "cache.t4g.small"
      transit_encryption_enabled = true
      user_group_ids             = [aws_elasticache_user_group.app.user_group_id]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """A client must prove who it is."""
    if model.authenticated is False:
        yield Fault(path="authenticated", found="clients need not authenticate", want=_QUESTION)


_QUESTION = Decision("where should the password come from, or which users may connect?")


CONTROL = Control(
    id="authenticated-caches",
    title="Caches authenticate their clients",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("authenticated",),
    references=(
        aws_hub("ElastiCache.6"),
        aws("AmazonElastiCache/latest/dg/auth"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
