"""A task's role differs from its execution role.

The execution role, which starts a task, may read its secrets and images. The program inside needs none of that.

Bad, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      execution_role_arn    = aws_iam_role.shop.arn
      task_role_arn         = aws_iam_role.shop.arn
      container_definitions = "[]"
    }

Good, terraform:

    resource "aws_ecs_task_definition" "shop" {
      family                = "shop"
      execution_role_arn    = aws_iam_role.shop.arn
      task_role_arn         = aws_iam_role.program.arn
      container_definitions = "[]"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import TaskDefinition


def faults(model: TaskDefinition) -> Iterator[Fault]:
    """The two roles must differ."""
    if model.shared_role:
        yield Fault(path="shared_role", found="its task role is the execution role", want=_QUESTION)


_QUESTION = Decision("which role does the program need?")


CONTROL = Control(
    id="separate-task-roles",
    title="A task's role differs from its execution role",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("shared_role",),
    references=(
        aws("AmazonECS/latest/developerguide/security-iam-roles"),
        terraform("aws/r/ecs_task_definition"),
        cwe(250),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TaskDefinition",),
    standards=frozenset({Standard.DEFAULT}),
)
