"""Tasks mount shared file systems over TLS.

Without encryption in transit, files on a shared file system cross the network in plain text.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      container_definitions = "[]"
      volume {
        name = "uploads"
        efs_volume_configuration {
          file_system_id = aws_efs_file_system.uploads.id
        }
      }
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      container_definitions = "[]"
      volume {
        name = "uploads"
        efs_volume_configuration {
          file_system_id     = aws_efs_file_system.uploads.id
          transit_encryption = "ENABLED"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """Every shared file system must be mounted with encryption."""
    for index, one in enumerate(model.volumes):
        if one.tls is False:
            path = f"volumes[{index}].tls"
            yield Fault(path=path, found=f"{one.name} is mounted without encryption", want=True)


CONTROL = Control(
    id="encrypted-task-volumes",
    title="Tasks mount shared file systems over TLS",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("volumes",),
    references=(
        aws("AmazonECS/latest/developerguide/efs-volumes"),
        terraform("aws/r/ecs_task_definition"),
        cwe(319),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
