"""Cluster nodes do not expose SSH.

A node group with an SSH key but no security group to restrict it opens port 22 of every node to the internet.

Bad, terraform:

    resource "aws_eks_node_group" "main" {
      cluster_name  = aws_eks_cluster.main.name
      node_role_arn = aws_iam_role.node.arn
      subnet_ids    = [aws_subnet.a.id]
      remote_access {
        ec2_ssh_key = "ops"
      }
    }

Good, terraform:

    resource "aws_eks_node_group" "main" {
      cluster_name  = aws_eks_cluster.main.name
      node_role_arn = aws_iam_role.node.arn
      subnet_ids    = [aws_subnet.a.id]
      remote_access {
        ec2_ssh_key               = "ops"
        source_security_group_ids = [aws_security_group.bastion.id]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Remote access must be bounded."""
    if model.ssh_open:
        yield Fault(path="ssh_open", found="SSH is open to every address", want=_QUESTION)


_QUESTION = Decision("which security group may log in?")


CONTROL = Control(
    id="no-open-node-ssh",
    title="Cluster nodes do not expose SSH",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ssh_open",),
    references=(
        aws("eks/latest/userguide/create-managed-node-group"),
        terraform("aws/r/eks_node_group"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
