"""Tasks have no public addresses.

A task with a public address is reached past the load balancer, its filters and its logs.

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

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws_hub, cwe, terraform
from ringfence.models.cloud.containers import ContainerService


def faults(model: ContainerService) -> Iterator[Fault]:
    """Tasks must not get public addresses."""
    if model.public_addresses:
        yield Fault(path="public_addresses", found="each task gets a public address", want=False)


CONTROL = Control(
    id="no-public-tasks",
    title="Tasks have no public addresses",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public_addresses",),
    references=(
        aws_hub("ECS.2"),
        terraform("aws/r/ecs_service"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ContainerService",),
    standards=frozenset({Standard.DEFAULT}),
)
