"""Policies say what they allow, not what they leave out.

`Allow` with `NotAction`, `NotResource` or `NotPrincipal` allows everything else, including what does not exist yet. A
list of what is allowed stays what it is.

Bad, terraform:

    resource "aws_iam_policy" "deploy" {
      name = "deploy"
      policy = jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          NotAction = "iam:*"
          Resource  = "arn:aws:s3:::shop-uploads/*"
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
          Action   = "s3:PutObject"
          Resource = "arn:aws:s3:::shop-uploads/*"
        }]
      })
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.statements import allowing
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe
from ringfence.models.cloud.policy import PolicyHolder


def faults(model: PolicyHolder) -> Iterator[Fault]:
    """No statement that allows may name what it leaves out."""
    for index, statement in allowing(model.statements):
        for field, some in (
            ("not_actions", statement.not_actions),
            ("not_resources", statement.not_resources),
            ("not_principals", statement.not_principals),
        ):
            if some:
                word = {"not_actions": "action", "not_resources": "resource", "not_principals": "principal"}[field]
                path = f"statements[{index}].{field}"
                yield Fault(path=path, found=f"it allows every {word} except {len(some)}", want=_QUESTION)


_QUESTION = Decision("what does it have to allow?")


CONTROL = Control(
    id="no-inverted-policies",
    title="Policies say what they allow, not what they leave out",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("statements",),
    references=(
        aws("IAM/latest/UserGuide/reference_policies_elements_notaction"),
        aws("IAM/latest/UserGuide/reference_policies_elements_notprincipal"),
        cwe(183),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("PolicyHolder",),
    standards=frozenset({Standard.DEFAULT}),
)
