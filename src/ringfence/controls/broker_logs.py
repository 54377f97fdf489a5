"""Brokers keep logs.

Failed logins, new topics and lost nodes appear in the broker's log, provided that it is sent anywhere.

Bad, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
    }

Good, terraform:

    resource "aws_msk_cluster" "events" {
      cluster_name           = "events"
      kafka_version          = "3.6.0"
      number_of_broker_nodes = 3
      logging_info {
        broker_logs {
          cloudwatch_logs {
            enabled   = true
            log_group = "events"
          }
        }
      }
    }

Bad, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name        = "orders"
      engine_type        = "ActiveMQ"
      engine_version     = "5.18"
      host_instance_type = "mq.m5.large"
      logs {
        general = false
      }
    }

Good, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name        = "orders"
      engine_type        = "ActiveMQ"
      engine_version     = "5.18"
      host_instance_type = "mq.m5.large"
      logs {
        general = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """Its logs must be sent somewhere."""
    if model.logging is False:
        yield Fault(path="logging", found="its logs are not kept", want=True)


CONTROL = Control(
    id="broker-logs",
    title="Brokers keep logs",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("MQ.2"),
        aws("msk/latest/developerguide/msk-logging"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
