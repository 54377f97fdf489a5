"""Task containers are not privileged.

A privileged container has every device and capability of its machine: anybody who breaks into it owns all the tasks
there.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name       = "shop"
        image      = "example/shop:1.4"
        privileged = true
      }])
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name       = "shop"
        image      = "example/shop:1.4"
        privileged = false
      }])
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """No container may be privileged."""
    for index, one in enumerate(model.containers):
        if one.privileged:
            yield Fault(path=f"containers[{index}].privileged", found=f"{one.name} is privileged", want=False)


CONTROL = Control(
    id="no-privileged-tasks",
    title="Task containers are not privileged",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("containers",),
    references=(
        aws_hub("ECS.4"),
        aws("AmazonECS/latest/developerguide/task_definition_parameters"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
