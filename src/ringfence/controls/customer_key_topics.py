"""Topics are encrypted with a customer-managed key.

The provider's key for topics cannot be restricted: anybody who may read the topic may use it. A key of your own has
its own policy, and can admit other services of the account by name.

Bad, terraform:

    resource "aws_sns_topic" "alerts" {
      name              = "alerts"
      kms_master_key_id = "alias/aws/sns"
    }

Good, terraform:

    resource "aws_sns_topic" "alerts" {
      name              = "alerts"
      kms_master_key_id = aws_kms_key.alerts.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.messaging import Topic


def faults(model: Topic) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found="messages are not encrypted with a customer-managed key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-topics",
    title="Topics are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("sns/latest/dg/sns-key-management"),
        terraform("aws/r/sns_topic"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Topic",),
    standards=frozenset({Standard.DEFAULT}),
)
