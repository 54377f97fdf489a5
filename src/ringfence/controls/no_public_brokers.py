"""Brokers have no public address.

A broker carries what every part of a system says. On the internet, only its passwords protect that, and brokers have
had vulnerabilities that need no password.

Bad, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name         = "orders"
      engine_type         = "ActiveMQ"
      engine_version      = "5.18"
      host_instance_type  = "mq.m5.large"
      publicly_accessible = true
    }

Good, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name         = "orders"
      engine_type         = "ActiveMQ"
      engine_version      = "5.18"
      host_instance_type  = "mq.m5.large"
      publicly_accessible = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """It must not take connections from the internet."""
    if model.public:
        yield Fault(path="public", found="it takes connections from the internet", want=False)


CONTROL = Control(
    id="no-public-brokers",
    title="Brokers have no public address",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        terraform("aws/r/mq_broker"),
        terraform("aws/r/msk_cluster"),
        aws("amazon-mq/latest/developer-guide/using-amazon-mq-securely"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
