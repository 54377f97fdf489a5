"""Task containers keep their logs.

What a container printed is gone with it unless a log driver sends it elsewhere.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name  = "shop"
        image = "example/shop:1.4"
      }])
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name             = "shop"
        image            = "example/shop:1.4"
        logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "shop" } }
      }])
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """Every container's output must go somewhere."""
    for index, one in enumerate(model.containers):
        if one.logging is False:
            path = f"containers[{index}].logging"
            yield Fault(path=path, found=f"the logs of {one.name} are not kept", want=_QUESTION)


_QUESTION = Decision("which log group should it go to?")


CONTROL = Control(
    id="task-logs",
    title="Task containers keep their logs",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("containers",),
    references=(
        aws_hub("ECS.9"),
        aws("AmazonECS/latest/developerguide/using_awslogs"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
