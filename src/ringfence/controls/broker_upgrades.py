"""Brokers install minor versions automatically.

Vulnerabilities in brokers are exploited within days. Minor versions fix them and change nothing else.

Bad, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name                = "orders"
      engine_type                = "ActiveMQ"
      engine_version             = "5.18"
      host_instance_type         = "mq.m5.large"
      auto_minor_version_upgrade = false
    }

Good, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name                = "orders"
      engine_type                = "ActiveMQ"
      engine_version             = "5.18"
      host_instance_type         = "mq.m5.large"
      auto_minor_version_upgrade = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """Minor versions must be installed automatically."""
    if model.minor_upgrades is False:
        yield Fault(path="minor_upgrades", found="minor versions are not installed automatically", want=True)


CONTROL = Control(
    id="broker-upgrades",
    title="Brokers install minor versions automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("minor_upgrades",),
    references=(
        aws_hub("MQ.3"),
        terraform("aws/r/mq_broker"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
