"""Queues are encrypted with a customer-managed key.

A key of your own is a second lock: whoever reads the queue must also be allowed to use the key, and each use is
recorded.

Bad, terraform:

    resource "aws_sqs_queue" "orders" {
      name                    = "orders"
      sqs_managed_sse_enabled = true
    }

Good, terraform:

    resource "aws_sqs_queue" "orders" {
      name              = "orders"
      kms_master_key_id = aws_kms_key.orders.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import Queue


def faults(model: Queue) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="messages are not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-queues",
    title="Queues are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management"),
        terraform("aws/r/sqs_queue"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Queue",),
    standards=frozenset({Standard.DEFAULT}),
)
