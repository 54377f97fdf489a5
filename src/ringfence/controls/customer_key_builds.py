"""Build artifacts are encrypted with a customer-managed key.

A key of your own controls who may read or replace what is deployed next.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      artifacts {
        type     = "S3"
        location = "artifacts"
      }
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      artifacts {
        type     = "S3"
        location = "artifacts"
      }
      encryption_key = aws_kms_key.artifacts.arn
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import BuildProject


def faults(model: BuildProject) -> Iterator[Fault]:
    """A key of the account's own must be named."""
    if model.customer_key is False:
        yield Fault(
            path="customer_key", found="its artifacts are not encrypted with a customer-managed key", want=_QUESTION
        )


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-builds",
    title="Build artifacts are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        aws("codebuild/latest/userguide/security-encryption"),
        terraform("aws/r/codebuild_project"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
