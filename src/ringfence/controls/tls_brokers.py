"""Brokers accept encrypted connections only.

Kafka without TLS sends messages and passwords in plain text. Clients without TLS stop working once it is required, so
prepare them first.

Bad, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
      encryption_info {
        encryption_in_transit {
          client_broker = "TLS_PLAINTEXT"
        }
      }
    }

Good, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
      encryption_info {
        encryption_in_transit {
          client_broker = "TLS"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """Connections of clients and between nodes must be encrypted."""
    if model.tls_required is False:
        yield Fault(path="tls_required", found="clients can connect without encryption", want=True)
    if model.node_tls is False:
        yield Fault(path="node_tls", found="traffic between its nodes is not encrypted", want=True)


CONTROL = Control(
    id="tls-brokers",
    title="Brokers accept encrypted connections only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "tls_required",
        "node_tls",
    ),
    references=(
        aws_hub("MSK.1"),
        aws("msk/latest/developerguide/msk-encryption"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
