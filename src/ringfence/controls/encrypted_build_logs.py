"""Build logs are encrypted.

Build logs contain addresses, versions and, by accident, secrets.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      logs_config {
        s3_logs {
          status              = "ENABLED"
          location            = "logs/build"
          encryption_disabled = true
        }
      }
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      logs_config {
        s3_logs {
          status              = "ENABLED"
          location            = "logs/build"
          encryption_disabled = false
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.containers import BuildProject


def faults(model: BuildProject) -> Iterator[Fault]:
    """Encryption of logs must not be turned off."""
    if model.logs_encrypted is False:
        yield Fault(path="logs_encrypted", found="encryption of its logs is off", want=True)


CONTROL = Control(
    id="encrypted-build-logs",
    title="Build logs are encrypted",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logs_encrypted",),
    references=(
        aws_hub("CodeBuild.3"),
        terraform("aws/r/codebuild_project"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
