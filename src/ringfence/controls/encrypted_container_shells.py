"""Container shell sessions and their logs are encrypted with a customer-managed key.

What people type in a shell includes passwords and data. A key of your own protects the session and its log.

Bad, terraform:

    resource "aws_ecs_cluster" "main" {
      name = "main"
      configuration {
        execute_command_configuration {
          logging = "DEFAULT"
        }
      }
    }

Good, terraform:

    resource "aws_ecs_cluster" "main" {
      name = "main"
      configuration {
        execute_command_configuration {
          logging    = "DEFAULT"
          kms_key_id = aws_kms_key.shells.arn
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import ContainerCluster


def faults(model: ContainerCluster) -> Iterator[Fault]:
    """Sessions must have a key of the account's own, and logs that are kept must be encrypted."""
    if model.shell_key is False:
        yield Fault(path="shell_key", found="sessions are not encrypted with a customer-managed key", want=_QUESTION)
    if model.shell_logs_encrypted is False:
        yield Fault(path="shell_logs_encrypted", found="session logs are not encrypted", want=True)


_QUESTION = Decision("which key should sessions use?")


CONTROL = Control(
    id="encrypted-container-shells",
    title="Container shell sessions and their logs are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "shell_key",
        "shell_logs_encrypted",
    ),
    references=(
        aws("AmazonECS/latest/developerguide/ecs-exec"),
        terraform("aws/r/ecs_cluster"),
        cwe(311),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ContainerCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
