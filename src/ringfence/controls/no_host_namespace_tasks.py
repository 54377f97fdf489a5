"""Tasks do not share the machine's process or IPC namespace.

In the machine's process namespace a container sees every process of the machine, and as root can read or kill it; in
its IPC namespace it can read shared memory.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      pid_mode              = "host"
      container_definitions = "[]"
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      pid_mode              = "task"
      container_definitions = "[]"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """Processes and IPC must be the task's own."""
    if model.process_mode == "host":
        yield Fault(path="process_mode", found="it shares the machine's processes", want="task")
    if model.ipc_mode == "host":
        yield Fault(path="ipc_mode", found="it shares the machine's IPC", want="task")


CONTROL = Control(
    id="no-host-namespace-tasks",
    title="Tasks do not share the machine's process or IPC namespace",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "process_mode",
        "ipc_mode",
    ),
    references=(
        aws_hub("ECS.3"),
        aws("AmazonECS/latest/developerguide/task_definition_parameters"),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
