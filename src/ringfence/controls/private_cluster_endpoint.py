"""A cluster's API server has no public address.

Anybody who can reach the API server may try stolen tokens and new exploits. Inside the private network, or behind a
VPN, far fewer people can.

Bad, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
      vpc_config {
        subnet_ids             = [aws_subnet.a.id, aws_subnet.b.id]
        endpoint_public_access = true
      }
    }

Good, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
      vpc_config {
        subnet_ids             = [aws_subnet.a.id, aws_subnet.b.id]
        endpoint_public_access = false
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """The API server must not have a public address."""
    if model.public_endpoint:
        yield Fault(path="public_endpoint", found="its API server has a public address", want=False)


CONTROL = Control(
    id="private-cluster-endpoint",
    title="A cluster's API server has no public address",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public_endpoint",),
    references=(
        aws_hub("EKS.1"),
        aws("eks/latest/userguide/cluster-endpoint"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
