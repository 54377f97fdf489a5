"""Topics are encrypted at rest.

A topic keeps messages until every subscriber has received them. Encrypted, nobody can read them from a disk.

Bad, terraform:

    resource "aws_sns_topic" "alerts" {
      name = "alerts"
    }

Good, terraform:

    resource "aws_sns_topic" "alerts" {
      name              = "alerts"
      kms_master_key_id = "alias/aws/sns"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.messaging import Topic


def faults(model: Topic) -> Iterator[Fault]:
    """Messages must be encrypted while they wait."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="messages are not encrypted", want=True)


CONTROL = Control(
    id="encrypted-topics",
    title="Topics are encrypted at rest",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws_hub("SNS.1"),
        aws("sns/latest/dg/sns-server-side-encryption"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Topic",),
    standards=frozenset({Standard.DEFAULT}),
)
