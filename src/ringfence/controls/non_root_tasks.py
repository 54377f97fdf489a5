"""Task containers do not run as root.

Root inside is one kernel vulnerability away from root outside. A task that names its user does not depend on what its
image says.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name  = "shop"
        image = "example/shop:1.4"
        user  = "0"
      }])
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name  = "shop"
        image = "example/shop:1.4"
        user  = "1000"
      }])
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """Every container must have a user, and not root: saying root weighs more than saying nothing."""
    for index, one in enumerate(model.containers):
        user = None if one.user is None else one.user.partition(":")[0]
        path = f"containers[{index}].user"
        if user in ("root", "0"):
            yield Fault(path=path, found=f"{one.name} runs as root", want=_QUESTION, severity=Severity.MEDIUM)
        elif user == "":
            yield Fault(path=path, found=f"{one.name} runs as the user its image chooses", want=_QUESTION)


_QUESTION = Decision("which user should it run as?")


CONTROL = Control(
    id="non-root-tasks",
    title="Task containers do not run as root",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("containers",),
    references=(
        aws_hub("ECS.20"),
        aws("AmazonECS/latest/developerguide/task_definition_parameters"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
