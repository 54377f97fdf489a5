"""Brokers have a standby in another zone.

A single broker is down for as long as its zone is, and so is everything that communicates through it.

Bad, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name        = "orders"
      engine_type        = "ActiveMQ"
      engine_version     = "5.18"
      host_instance_type = "mq.m5.large"
      deployment_mode    = "SINGLE_INSTANCE"
    }

Good, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name        = "orders"
      engine_type        = "ActiveMQ"
      engine_version     = "5.18"
      host_instance_type = "mq.m5.large"
      deployment_mode    = "ACTIVE_STANDBY_MULTI_AZ"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """It must have a standby in another zone."""
    if model.multi_zone is False:
        yield Fault(path="multi_zone", found="it runs in one zone only", want=True)


CONTROL = Control(
    id="multi-zone-brokers",
    title="Brokers have a standby in another zone",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("multi_zone",),
    references=(
        aws_hub("MQ.5"),
        terraform("aws/r/mq_broker"),
        cwe(1188),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
