"""The API server of a cluster accepts known addresses only.

Anybody can attack an API server that is open to 0.0.0.0/0. List the ranges of the office, the VPN and the pipelines.

Bad, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
      vpc_config {
        subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
        public_access_cidrs = ["198.51.100.0/24", "0.0.0.0/0"]
      }
    }

Good, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
      vpc_config {
        subnet_ids          = [aws_subnet.a.id, aws_subnet.b.id]
        public_access_cidrs = ["198.51.100.0/24"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.ranges import is_everybody
from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Where the address is public, no range may hold the whole internet."""
    if model.public_endpoint is False:
        return
    for index, one in enumerate(model.endpoint_ranges or ()):
        if is_everybody(one):
            yield Fault(
                path=f"endpoint_ranges[{index}]",
                found=f"{one} means every address",
                want=_QUESTION,
                rests_on=("public_endpoint",),
            )


_QUESTION = Decision("from which ranges is the cluster administered?")


CONTROL = Control(
    id="bounded-cluster-endpoint",
    title="The API server of a cluster accepts known addresses only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("endpoint_ranges",),
    references=(
        aws_hub("EKS.1"),
        aws("eks/latest/userguide/cluster-endpoint"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
