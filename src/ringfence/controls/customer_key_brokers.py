"""Brokers are encrypted with a customer-managed key.

A key of your own controls who may read the messages on the broker's disks, and can be revoked for everybody at once.

Bad, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name        = "orders"
      engine_type        = "ActiveMQ"
      engine_version     = "5.18"
      host_instance_type = "mq.m5.large"
      encryption_options {
        use_aws_owned_key = true
      }
    }

Good, terraform:

    resource "aws_mq_broker" "orders" {
      broker_name        = "orders"
      engine_type        = "ActiveMQ"
      engine_version     = "5.18"
      host_instance_type = "mq.m5.large"
      encryption_options {
        kms_key_id        = aws_kms_key.orders.arn
        use_aws_owned_key = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import Broker


def faults(model: Broker) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="it is not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-brokers",
    title="Brokers are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("msk/latest/developerguide/msk-encryption"),
        terraform("aws/r/mq_broker"),
        cwe(320),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Broker",),
    standards=frozenset({Standard.DEFAULT}),
)
