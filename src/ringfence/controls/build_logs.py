"""Builds keep their logs.

A build log says what was fetched, run and deployed. It goes to CloudWatch unless that is turned off.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      logs_config {
        cloudwatch_logs {
          status = "DISABLED"
        }
      }
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      logs_config {
        cloudwatch_logs {
          status = "ENABLED"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import BuildProject


def faults(model: BuildProject) -> Iterator[Fault]:
    """Some log must be kept."""
    if model.logging is False:
        yield Fault(path="logging", found="its logs are off", want=True)


CONTROL = Control(
    id="build-logs",
    title="Builds keep their logs",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("logging",),
    references=(
        aws_hub("CodeBuild.4"),
        aws("codebuild/latest/userguide/change-project"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
