"""Brokers report detailed metrics.

At the default level you cannot tell which topic or which broker is flooded. A finer level shows it.

Bad, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
      enhanced_monitoring    = "DEFAULT"
    }

Good, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
      enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """Metrics of each broker, at least, must be kept."""
    if model.monitoring is False:
        yield Fault(path="monitoring", found="only the default metrics are kept", want=True)


CONTROL = Control(
    id="broker-monitoring",
    title="Brokers report detailed metrics",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("monitoring",),
    references=(
        aws_hub("MSK.2"),
        aws("msk/latest/developerguide/metrics-details"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
