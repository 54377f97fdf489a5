"""Changes to trails and stacks send a notification.

Whoever is told that a log arrived, or that a stack changed, notices when it should not have, or did not.

Bad, terraform:

    resource "aws_cloudformation_stack" "a" {
      name         = "shop"
      template_url = "https://example-templates.s3.amazonaws.com/shop.yaml"
    }

Good, terraform:

    resource "aws_cloudformation_stack" "a" {
      name              = "shop"
      template_url      = "https://example-templates.s3.amazonaws.com/shop.yaml"
      notification_arns = [aws_sns_topic.changes.arn]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.watching import Announcement


def faults(model: Announcement) -> Iterator[Fault]:
    """Changes to trails and stacks send a notification."""
    if not model.told:
        yield Fault(path="told", found=f"changes to the {model.kind} send no notification", want=_QUESTION)


_QUESTION = Decision("which topic should be notified?")


CONTROL = Control(
    id="announced-changes",
    title="Changes to trails and stacks send a notification",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("told",),
    references=(
        aws_hub("CloudFormation.1"),
        terraform("aws/r/cloudformation_stack"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Announcement",),
    standards=frozenset({Standard.DEFAULT}),
)
