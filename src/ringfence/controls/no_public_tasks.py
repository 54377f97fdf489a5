"""Tasks have no public addresses.

A task with a public address can be reached without going through the load balancer, its filters and its logs.

Bad, terraform:

    resource "aws_ecs_service" "shop" {
      name            = "shop"
      task_definition = aws_ecs_task_definition.shop.arn
      network_configuration {
        subnets          = [aws_subnet.a.id]
        assign_public_ip = true
      }
    }

Good, terraform:

    resource "aws_ecs_service" "shop" {
      name            = "shop"
      task_definition = aws_ecs_task_definition.shop.arn
      network_configuration {
        subnets          = [aws_subnet.a.id]
        assign_public_ip = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.containers import ContainerService, TaskDefinition


def faults(model: ContainerService | TaskDefinition) -> Iterator[Fault]:
    """Tasks must not get public addresses."""
    if isinstance(model, TaskDefinition):
        if model.public:
            yield Fault(path="public", found="it has a public address", want=_QUESTION)
        return
    if model.public_addresses:
        yield Fault(path="public_addresses", found="each task gets a public address", want=False)


_QUESTION = Decision("which private network is it used from?")


CONTROL = Control(
    id="no-public-tasks",
    title="Tasks have no public addresses",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "public_addresses",
        "public",
    ),
    references=(
        aws_hub("ECS.2"),
        aws_hub("ECS.16"),
        terraform("aws/r/ecs_service"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=(
        "ContainerService",
        "TaskDefinition",
    ),
    standards=frozenset({Standard.DEFAULT}),
)
