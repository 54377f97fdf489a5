"""Resource policies name the actions they allow.

Anybody who may do everything with a queue or a secret may also delete it, change its policy, and let others in.
Anybody who may do everything with the objects of a bucket may delete them all.

Bad, terraform:

    resource "aws_sqs_queue_policy" "orders" {
      queue_url = aws_sqs_queue.orders.id
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sqs:*"
          Principal = { AWS = "arn:aws:iam::123456789012:role/shop" }
          Resource  = aws_sqs_queue.orders.arn
        }]
      })
    }

Good, terraform:

    resource "aws_sqs_queue_policy" "orders" {
      queue_url = aws_sqs_queue.orders.id
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sqs:SendMessage"
          Principal = { AWS = "arn:aws:iam::123456789012:role/shop" }
          Resource  = aws_sqs_queue.orders.arn
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing, is_everything, is_full, is_service
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No policy may allow every action, be it on few resources. A key's has to, for its own account."""
    if model.use is PolicyUse.TRUST or model.holder == "key":
        return
    own = model.use is PolicyUse.RESOURCE
    what = f"this {model.holder}" if own else "the resources that are named"
    for index, statement in allowing(model.statements):
        if not own and any(is_everything(one) for one in statement.resources):
            continue  # that is everything, and another control's matter
        for number, action in enumerate(statement.actions):
            if is_full(action) or (own and is_service(action)):
                path = f"statements[{index}].actions[{number}]"
                yield Fault(path=path, found=f"{action} allows everything with {what}", want=_QUESTION)


_QUESTION = Decision("which actions are needed?")


CONTROL = Control(
    id="no-wildcard-resource-actions",
    title="Resource policies name the actions they allow",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies"),
        terraform("aws/r/sqs_queue_policy"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
