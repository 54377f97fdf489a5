"""Stacks have a stack policy.

Without a policy, anybody who may update a stack may also replace or delete each of its resources, even a database
with its data.

Bad, terraform:

    resource "aws_cloudformation_stack" "shop" {
      name              = "shop"
      template_url      = "https://example-templates.s3.amazonaws.com/shop.yaml"
      notification_arns = [aws_sns_topic.changes.arn]
    }

Good, terraform:

    resource "aws_cloudformation_stack" "shop" {
      name              = "shop"
      template_url      = "https://example-templates.s3.amazonaws.com/shop.yaml"
      policy_url        = "https://example-templates.s3.amazonaws.com/shop-policy.json"
      notification_arns = [aws_sns_topic.changes.arn]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.watching import Stack


def faults(model: Stack) -> Iterator[Fault]:
    """A policy must say what may be changed."""
    if not model.bounded:
        yield Fault(path="bounded", found="it has no stack policy", want=_QUESTION)


_QUESTION = Decision("which of its resources must be protected? set policy_body or policy_url")


CONTROL = Control(
    id="stack-policies",
    title="Stacks have a stack policy",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("bounded",),
    references=(
        aws("AWSCloudFormation/latest/UserGuide/protect-stack-resources"),
        terraform("aws/r/cloudformation_stack"),
        cwe(732),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Stack",),
    standards=frozenset({Standard.DEFAULT}),
)
