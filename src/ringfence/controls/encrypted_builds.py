"""Build artifacts are encrypted.

Artifacts contain the program, and often its configuration. Encryption is on unless it is turned off.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      artifacts {
        type                = "S3"
        location            = "artifacts"
        encryption_disabled = true
      }
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      artifacts {
        type                = "S3"
        location            = "artifacts"
        encryption_disabled = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import BuildProject


def faults(model: BuildProject) -> Iterator[Fault]:
    """Encryption must not be turned off."""
    if model.encrypted is False:
        yield Fault(path="encrypted", found="encryption of its artifacts is off", want=True)


CONTROL = Control(
    id="encrypted-builds",
    title="Build artifacts are encrypted",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("encrypted",),
    references=(
        aws("codebuild/latest/userguide/security-encryption"),
        terraform("aws/r/codebuild_project"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
