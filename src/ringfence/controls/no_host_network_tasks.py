"""Tasks have their own network.

On the machine's network a container can reach what listens on loopback there, and the machine's credentials.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      network_mode          = "host"
      container_definitions = "[]"
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      network_mode          = "awsvpc"
      container_definitions = "[]"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """The network must be the task's own."""
    if model.network_mode == "host":
        yield Fault(path="network_mode", found="it uses the machine's network", want="awsvpc")


CONTROL = Control(
    id="no-host-network-tasks",
    title="Tasks have their own network",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("network_mode",),
    references=(
        aws_hub("ECS.17"),
        aws("AmazonECS/latest/developerguide/task-networking"),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
