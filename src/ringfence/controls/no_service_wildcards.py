"""Policies name the actions of a service.

`s3:*` reads and writes, but also deletes buckets and opens them to the world. Whatever is added to the service
tomorrow is allowed too.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["sqs:SendMessage", "s3:*"]
          Resource = "arn:aws:s3:::shop-uploads/*"
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
          Action   = ["sqs:SendMessage", "s3:PutObject"]
          Resource = "arn:aws:s3:::shop-uploads/*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing, is_full, is_service
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No statement of an identity's policy may allow all that a service can do, or every action on some resource."""
    if model.use is not PolicyUse.IDENTITY:
        return
    for index, statement in allowing(model.statements):
        for number, action in enumerate(statement.actions):
            path = f"statements[{index}].actions[{number}]"
            if is_service(action):
                yield Fault(path=path, found=f"{action} allows everything the service can do", want=_QUESTION)
            elif is_full(action) and "*" not in statement.resources:
                yield Fault(path=path, found="it allows every action on its resources", want=_QUESTION)


_QUESTION = Decision("which of the service's actions does it need?")


CONTROL = Control(
    id="no-service-wildcards",
    title="Policies name the actions of a service",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws_hub("IAM.21"),
        aws("IAM/latest/UserGuide/best-practices"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
