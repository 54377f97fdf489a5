"""Policies name the resources they apply to.

An action that could be limited to a resource, but is allowed on `*`, covers everything in the account, in every
environment, now and later.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:ListAllMyBuckets"]
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
          Action   = ["s3:ListAllMyBuckets", "ec2:DescribeInstances"]
          Resource = "*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.actions import is_boundable
from ringfence.controls.cloud.statements import allowing, is_all_of
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No action that can be bounded to a resource may be allowed on all of them, but where a condition does it."""
    if model.use is not PolicyUse.IDENTITY:
        return
    for index, statement in allowing(model.statements):
        if statement.conditions:
            continue
        boundable = [one for one in statement.actions if is_boundable(one)]
        for number, resource in enumerate(statement.resources):
            wide = [one for one in boundable if is_all_of(resource, one)]
            if wide:
                path = f"statements[{index}].resources[{number}]"
                yield Fault(path=path, found=f"{wide[0]} on every resource", want=_QUESTION)
                break


_QUESTION = Decision("which resources does it need?")


CONTROL = Control(
    id="bounded-policy-resources",
    title="Policies name the resources they apply to",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/best-practices"),
        aws("service-authorization/latest/reference/reference_policies_actions-resources-contextkeys"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
