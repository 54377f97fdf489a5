"""Policies do not allow changing access to everything.

Anybody who may change resource policies can open every resource to the world: buckets, queues, keys, snapshots.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect   = "Allow"
          Action   = ["s3:GetBucketLocation", "s3:PutBucketPolicy"]
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
          Action   = ["s3:GetBucketLocation", "s3:PutBucketPolicy"]
          Resource = "arn:aws:s3:::shop-uploads"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.actions import changes_rights
from ringfence.controls.cloud.statements import together, unbounded
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.policy import PolicyHolder, PolicyUse


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No identity's policy may allow changes of rights on everything: one fault a statement."""
    if model.use is not PolicyUse.IDENTITY:
        return
    for path, found in together(one for one in unbounded(model.statements) if changes_rights(one[2])):
        yield Fault(path=path, found=f"permissions can be changed: {found}", want=_QUESTION)


_QUESTION = Decision("whose permissions does it need to change?")


CONTROL = Control(
    id="no-permissions-management",
    title="Policies do not allow changing access to everything",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries"),
        terraform("aws/r/iam_policy"),
        cwe(269),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
