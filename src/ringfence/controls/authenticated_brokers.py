"""Brokers authenticate their clients.

A broker that accepts anybody lets every machine on the network read and write every topic.

Bad, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
      client_authentication {
        unauthenticated = true
      }
    }

Good, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
      client_authentication {
        unauthenticated = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """Clients must prove who they are."""
    if model.authenticated is False:
        yield Fault(path="authenticated", found="clients need not authenticate", want=True)


CONTROL = Control(
    id="authenticated-brokers",
    title="Brokers authenticate their clients",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("authenticated",),
    references=(
        aws_hub("MSK.4"),
        aws("msk/latest/developerguide/msk-authentication"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
