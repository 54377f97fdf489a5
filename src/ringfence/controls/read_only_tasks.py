"""Task containers have a read-only root file system.

An attacker who cannot write cannot leave tools behind or change the program. What has to be written goes to a volume.

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
        name                   = "shop"
        image                  = "example/shop:1.4"
        readonlyRootFilesystem = true
      }])
    }

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name                   = "shop"
        image                  = "example/shop:1.4"
        readonlyRootFilesystem = false
      }])
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name                   = "shop"
        image                  = "example/shop:1.4"
        readonlyRootFilesystem = true
      }])
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """Every container's root file system must be read-only."""
    for index, one in enumerate(model.containers):
        if one.read_only_root is False:
            path = f"containers[{index}].read_only_root"
            yield Fault(path=path, found=f"{one.name} can write to its root file system", want=True)


CONTROL = Control(
    id="read-only-tasks",
    title="Task containers have a read-only root file system",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("containers",),
    references=(
        aws_hub("ECS.5"),
        aws("AmazonECS/latest/developerguide/task_definition_parameters"),
        cwe(732),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
