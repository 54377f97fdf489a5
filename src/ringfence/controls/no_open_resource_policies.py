"""Resource policies name who has access.

A policy of a queue, topic, secret or registry whose principal is `*` admits every customer of the cloud, and often
anonymous callers too. Name the accounts or services, or restrict the statement with a condition. For a bucket, a
source address alone is not enough: anybody at that address can fetch objects by a plain link, anonymously.

Bad, terraform:

    resource "aws_sqs_queue_policy" "orders" {
      queue_url = aws_sqs_queue.orders.id
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sqs:SendMessage"
          Principal = "*"
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
          Principal = "*"
          Resource  = aws_sqs_queue.orders.arn
          Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.orders.arn } }
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing, anybody, denies_others, is_bounded, only_asks_where_from
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No resource's policy may let everybody in, but where a condition or a denial says who or where from."""
    if model.use is not PolicyUse.RESOURCE or denies_others(model.statements):
        return
    for index, statement in allowing(model.statements):
        who = anybody(statement)
        if who is not None and not is_bounded(statement):
            path = f"statements[{index}].principals[{who}]"
            yield Fault(path=path, found=f"anybody may use this {model.holder}", want=_QUESTION)
        elif who is not None and model.holder in _ANONYMOUS and only_asks_where_from(statement):
            path = f"statements[{index}].principals[{who}]"
            found = f"everybody at an address may use this {model.holder}"
            yield Fault(path=path, found=found, want=_QUESTION, severity=Severity.LOW)


#: What also takes requests that nobody has signed.
_ANONYMOUS = frozenset({"bucket", "queue"})
_QUESTION = Decision("which accounts, roles or services need it?")


CONTROL = Control(
    id="no-open-resource-policies",
    title="Resource policies name who has access",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/access_policies_identity-vs-resource"),
        aws_hub("SQS.3"),
        terraform("aws/r/sqs_queue_policy"),
        cwe(284),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
