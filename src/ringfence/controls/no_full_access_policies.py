"""Policies do not allow everything.

A policy that allows every action on every resource makes its holder the owner of the account: of its data, its bills
and its other users. Name the actions, and the resources they apply to.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = "*"
          Resource = "*"
        }]
      })
    }

Good, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["ecs:UpdateService"]
          Resource = "arn:aws:ecs:eu-west-1:123456789012:service/shop/*"
        }]
      })
    }

Bad, terraform:

    data "aws_iam_policy_document" "deploy" {
      statement {
        actions   = ["ecs:UpdateService"]
        resources = ["arn:aws:ecs:eu-west-1:123456789012:service/shop/*"]
      }
      statement {
        actions   = ["*"]
        resources = ["*"]
      }
    }

Good, terraform:

    data "aws_iam_policy_document" "deploy" {
      statement {
        actions   = ["ecs:UpdateService"]
        resources = ["arn:aws:ecs:eu-west-1:123456789012:service/shop/*"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing, is_full
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cis_aws, cwe
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No statement of an identity's policy may allow every action on everything; one of trust has no resources."""
    if model.use is PolicyUse.RESOURCE:
        return
    for index, statement in allowing(model.statements):
        if "*" in statement.resources or model.use is PolicyUse.TRUST:
            for number, action in enumerate(statement.actions):
                if is_full(action):
                    path = f"statements[{index}].actions[{number}]"
                    yield Fault(path=path, found="every action on every resource", want=_QUESTION)


_QUESTION = Decision("which actions does it need, and on which resources?")


CONTROL = Control(
    id="no-full-access-policies",
    title="Policies do not allow everything",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        cis_aws("1.16"),
        aws_hub("IAM.1"),
        aws("IAM/latest/UserGuide/best-practices"),
        cwe(250),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AWS}),
)
