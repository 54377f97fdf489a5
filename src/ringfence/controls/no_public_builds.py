"""Build results are not public.

Anybody can read the logs and artifacts of a public project, including whatever slipped into them.

Bad, terraform:

    resource "aws_codebuild_project" "shop" {
      name               = "shop"
      service_role       = aws_iam_role.build.arn
      project_visibility = "PUBLIC_READ"
    }

Good, terraform:

    resource "aws_codebuild_project" "shop" {
      name               = "shop"
      service_role       = aws_iam_role.build.arn
      project_visibility = "PRIVATE"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import BuildProject


def faults(model: BuildProject) -> Iterator[Fault]:
    """Results must not be public."""
    if model.public:
        yield Fault(path="public", found="its build results are public", want=False)


CONTROL = Control(
    id="no-public-builds",
    title="Build results are not public",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        aws("codebuild/latest/userguide/public-builds"),
        terraform("aws/r/codebuild_project"),
        cwe(200),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("BuildProject",),
    standards=frozenset({Standard.DEFAULT}),
)
