"""Tasks run on the latest platform version.

A named platform version keeps its vulnerabilities. `LATEST` gets the fixes with the next deployment.

Bad, terraform:

    resource "aws_ecs_service" "shop" {
      name             = "shop"
      launch_type      = "FARGATE"
      task_definition  = aws_ecs_task_definition.shop.arn
      platform_version = "1.3.0"
    }

Good, terraform:

    resource "aws_ecs_service" "shop" {
      name             = "shop"
      launch_type      = "FARGATE"
      task_definition  = aws_ecs_task_definition.shop.arn
      platform_version = "LATEST"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import ContainerService


def faults(model: ContainerService) -> Iterator[Fault]:
    """The platform's version must not be fixed."""
    if model.latest_platform is False:
        yield Fault(path="latest_platform", found="it stays on a named platform version", want=True)


CONTROL = Control(
    id="latest-task-platform",
    title="Tasks run on the latest platform version",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("latest_platform",),
    references=(
        aws_hub("ECS.10"),
        aws("AmazonECS/latest/developerguide/platform-fargate"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ContainerService",),
    standards=frozenset({Standard.DEFAULT}),
)
