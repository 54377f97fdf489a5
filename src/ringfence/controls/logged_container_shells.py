"""Shell sessions in containers are logged.

ECS Exec opens a shell in a running container. With `logging = "NONE"`, nobody knows what was done there.

Bad, terraform:

    resource "aws_ecs_cluster" "main" {
      name = "main"
      configuration {
        execute_command_configuration {
          logging = "NONE"
        }
      }
    }

Good, terraform:

    resource "aws_ecs_cluster" "main" {
      name = "main"
      configuration {
        execute_command_configuration {
          logging = "DEFAULT"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import ContainerCluster


def faults(model: ContainerCluster) -> Iterator[Fault]:
    """Shells must be logged."""
    if model.shell_logs is False:
        yield Fault(path="shell_logs", found="shell sessions are not logged", want=True)


CONTROL = Control(
    id="logged-container-shells",
    title="Shell sessions in containers are logged",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("shell_logs",),
    references=(
        aws("AmazonECS/latest/developerguide/ecs-exec"),
        terraform("aws/r/ecs_cluster"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ContainerCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
