"""Nodes of a data service encrypt their traffic.

A search domain copies documents between its nodes. Without encryption between them, all the data crosses the network
in plain text, whatever its clients do.

Bad, terraform:

    resource "aws_elasticsearch_domain" "logs" {
      domain_name           = "logs"
      elasticsearch_version = "7.10"
      node_to_node_encryption {
        enabled = false
      }
    }

Good, terraform:

    resource "aws_elasticsearch_domain" "logs" {
      domain_name           = "logs"
      elasticsearch_version = "7.10"
      node_to_node_encryption {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.database import Database


def faults(model: Database) -> Iterator[Fault]:
    """Traffic between nodes must be encrypted."""
    if model.node_tls is False:
        yield Fault(path="node_tls", found="traffic between its nodes is not encrypted", want=True)


CONTROL = Control(
    id="encrypted-database-nodes",
    title="Nodes of a data service encrypt their traffic",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("node_tls",),
    references=(
        aws("opensearch-service/latest/developerguide/ntn"),
        aws_hub("Opensearch.3"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Database",),
    standards=frozenset({Standard.DEFAULT}),
)
