"""Builds are not privileged.

A privileged build controls the machine's containers, which only building images requires. Code that a stranger
proposes should not get that.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      environment {
        compute_type    = "BUILD_GENERAL1_SMALL"
        image           = "aws/codebuild/standard:7.0"
        type            = "LINUX_CONTAINER"
        privileged_mode = true
      }
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name         = "shop"
      service_role = aws_iam_role.build.arn
      environment {
        compute_type    = "BUILD_GENERAL1_SMALL"
        image           = "aws/codebuild/standard:7.0"
        type            = "LINUX_CONTAINER"
        privileged_mode = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import BuildProject


def faults(model: BuildProject) -> Iterator[Fault]:
    """Builds must not be privileged."""
    if model.privileged:
        yield Fault(path="privileged", found="builds run privileged", want=False)


CONTROL = Control(
    id="no-privileged-builds",
    title="Builds are not privileged",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("privileged",),
    references=(
        aws_hub("CodeBuild.5"),
        aws("codebuild/latest/userguide/build-env-ref-compute-types"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
