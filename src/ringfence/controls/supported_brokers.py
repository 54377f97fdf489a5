"""Brokers run a supported release.

Amazon MQ supports each engine release until a date announced long before. After that every vulnerability stays open
until the broker is upgraded by force.

Bad, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name    = "orders"
      engine_type    = "RabbitMQ"
      engine_version = "3.8.6"
    }

Good, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name    = "orders"
      engine_type    = "RabbitMQ"
      engine_version = "3.13"
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.messaging import BrokerRelease


def faults(model: BrokerRelease) -> Iterator[Fault]:
    """Its release must be the least that is still repaired, or a later one."""
    match, least = _VERSION.match(model.version), _LEAST.get(model.engine)
    if match is not None and least is not None and (int(match[1]), int(match[2])) < least:
        found = f"{model.version} is no longer supported"
        yield Fault(path="version", found=found, want=_QUESTION)


_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")
#: ActiveMQ 5.17 was repaired until 2025-06-16, RabbitMQ 3.12 until 2025-03-17.
_LEAST = {"activemq": (5, 18), "rabbitmq": (3, 13)}
_QUESTION = Decision("to which release can it be moved?")


CONTROL = Control(
    id="supported-brokers",
    title="Brokers run a supported release",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("version",),
    references=(
        aws("amazon-mq/latest/developer-guide/rabbitmq-version-management"),
        aws("amazon-mq/latest/developer-guide/activemq-version-management"),
        cwe(1104),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BrokerRelease",),
    standards=frozenset({Standard.DEFAULT}),
)
