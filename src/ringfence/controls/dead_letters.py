"""Queues keep what could not be worked on.

A message that makes its reader fail comes back again and again, or is lost. In a queue for dead letters it can
be looked at, and an attack by crafted messages is seen.

Bad, terraform:

    resource "aws_sqs_queue" "orders" {
      name = "orders"
    }

Good, terraform:

    resource "aws_sqs_queue" "orders" {
      name           = "orders"
      redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import Queue


def faults(model: Queue) -> Iterator[Fault]:
    """A queue must have one for its dead letters."""
    if model.dead_letters is False:
        yield Fault(path="dead_letters", found="what cannot be worked on is not kept apart", want=_QUESTION)


_QUESTION = Decision("which queue takes the dead letters?")


CONTROL = Control(
    id="dead-letters",
    title="Queues keep what could not be worked on",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("dead_letters",),
    references=(
        aws("AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues"),
        terraform("aws/r/sqs_queue"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Queue",),
    standards=frozenset({Standard.DEFAULT}),
)
