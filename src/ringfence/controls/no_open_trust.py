"""Only named identities can assume a role.

A role whose trust policy says `*` can be assumed by every user of every customer of the cloud.

Bad, terraform:

    resource "aws_iam_role" "deploy" {
      name = "deploy"
      assume_role_policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRole"
          Principal = { AWS = "*" }
        }]
      })
    }

Good, terraform:

    resource "aws_iam_role" "deploy" {
      name = "deploy"
      assume_role_policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRole"
          Principal = { Service = "ecs-tasks.amazonaws.com" }
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing, anybody, is_bounded
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No trust policy may let everybody in, but where a condition says who or where from."""
    if model.use is not PolicyUse.TRUST:
        return
    for index, statement in allowing(model.statements):
        who = anybody(statement)
        if who is not None and not is_bounded(statement, but=_EXTERNAL):
            path = f"statements[{index}].principals[{who}]"
            yield Fault(path=path, found="anybody may assume this role", want=_QUESTION)


#: An agreed word is no secret: who knows it may come from anywhere.
_EXTERNAL = "sts:externalid"
_QUESTION = Decision("who needs to assume this role?")


CONTROL = Control(
    id="no-open-trust",
    title="Only named identities can assume a role",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/reference_policies_elements_principal"),
        terraform("aws/r/iam_role"),
        cwe(284),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
