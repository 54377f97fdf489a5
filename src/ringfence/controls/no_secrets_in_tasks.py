"""Task variables contain no secrets.

A task's variables are in the file and in the state, and anybody who may describe the task can read them. `secrets`
fetches them from a store when the container starts.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name  = "shop"
        image = "example/shop:1.4"
        environment = [
          { name = "DB_HOST", value = "db.internal" },
          { name = "DB_PASSWORD", value = "vT9-kQz7.mB2x" },
        ]
      }])
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family = "shop"
      container_definitions = jsonencode([{
        name  = "shop"
        image = "example/shop:1.4"
        environment = [
          { name = "DB_HOST", value = "db.internal" },

        ]
        secrets = [{ name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn }]
      }])
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import TaskDefinition
from ringfence.secrets import secret_in


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """No variable may hold a value that is a secret, by its form or by its name."""
    for number, one in enumerate(model.containers):
        for index, (name, value) in enumerate(one.variables):
            kind = secret_in(name, value)
            if kind:
                path = f"containers[{number}].variables[{index}]"
                yield Fault(path=path, found=f"{name} holds {kind}", want=_QUESTION)


_QUESTION = Decision("which secret store should hold it?")


CONTROL = Control(
    id="no-secrets-in-tasks",
    title="Task variables contain no secrets",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("containers",),
    references=(
        aws_hub("ECS.8"),
        aws("AmazonECS/latest/developerguide/specifying-sensitive-data"),
        cwe(798),
        cwe(526),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
