"""Tasks mount shared file systems with their own identity.

Without it, anything on the network that reaches the file system may mount it.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      container_definitions = "[]"
      volume {
        name = "uploads"
        efs_volume_configuration {
          file_system_id     = aws_efs_file_system.uploads.id
          transit_encryption = "ENABLED"
          authorization_config {
            iam = "DISABLED"
          }
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
          authorization_config {
            iam = "ENABLED"
          }
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """The task's identity must be asked for where a shared file system is mounted."""
    for index, one in enumerate(model.volumes):
        if one.identity_auth is False:
            path = f"volumes[{index}].identity_auth"
            yield Fault(path=path, found=f"{one.name} is mounted without an identity", want=True)


CONTROL = Control(
    id="identity-task-volumes",
    title="Tasks mount shared file systems with their own identity",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("volumes",),
    references=(
        aws("efs/latest/ug/iam-access-control-nfs-efs"),
        terraform("aws/r/ecs_task_definition"),
        cwe(306),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
