"""Queues are encrypted at rest.

Messages contain orders, addresses and tokens, and a queue keeps them for days. Encrypting them costs nothing. Since
2023, SQS encrypts new queues by default, but not those created before; declaring it covers both.

Bad, terraform:

    resource "aws_sqs_queue" "orders" {
      name                    = "orders"
      sqs_managed_sse_enabled = false
    }

Bad, terraform:

    resource "aws_sqs_queue" "orders" {
      name = "orders"
    }

Good, terraform:

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

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Queue


def faults(model: Queue) -> Iterator[Fault]:
    """Messages must be encrypted while they wait."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="it does not declare that messages are encrypted", want=True)


CONTROL = Control(
    id="encrypted-queues",
    title="Queues are encrypted at rest",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws_hub("SQS.1"),
        aws("AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Queue",),
    standards=frozenset({Standard.DEFAULT}),
)
