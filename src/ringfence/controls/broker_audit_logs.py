"""Brokers record what administrators do.

The ActiveMQ audit log says who created or deleted a queue or a user in the console.

Bad, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name        = "orders"
      engine_type        = "ActiveMQ"
      engine_version     = "5.18"
      host_instance_type = "mq.m5.large"
      logs {
        general = true
        audit   = false
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
        audit   = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """Audit logs must be kept."""
    if model.audit_logs is False:
        yield Fault(path="audit_logs", found="administrators' actions are not logged", want=True)


CONTROL = Control(
    id="broker-audit-logs",
    title="Brokers record what administrators do",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("audit_logs",),
    references=(
        aws_hub("MQ.2"),
        aws("amazon-mq/latest/developer-guide/security-logging-monitoring"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
