"""Task clusters keep container metrics.

Container Insights shows which task eats processor time, memory or network bandwidth, and which one keeps restarting.

Bad, terraform:

    resource "aws_ecs_cluster" "main" {
      name = "main"
      setting {
        name  = "containerInsights"
        value = "disabled"
      }
    }

Good, terraform:

    resource "aws_ecs_cluster" "main" {
      name = "main"
      setting {
        name  = "containerInsights"
        value = "enabled"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import ContainerCluster


def faults(model: ContainerCluster) -> Iterator[Fault]:
    """Container Insights must be on."""
    if model.insights is False:
        yield Fault(path="insights", found="metrics of its containers are not kept", want=True)


CONTROL = Control(
    id="container-insights",
    title="Task clusters keep container metrics",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("insights",),
    references=(
        aws_hub("ECS.12"),
        aws("AmazonECS/latest/developerguide/cloudwatch-container-insights"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ContainerCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
