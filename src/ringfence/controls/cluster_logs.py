"""Control plane logs are kept.

Who read which secret, and whose token was refused, is recorded in the control plane's logs and nowhere else.

Bad, terraform:

    resource "aws_eks_cluster" "main" {
      name                      = "main"
      role_arn                  = aws_iam_role.cluster.arn
      enabled_cluster_log_types = ["api", "scheduler"]
    }

Good, terraform:

    resource "aws_eks_cluster" "main" {
      name                      = "main"
      role_arn                  = aws_iam_role.cluster.arn
      enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Every kind of log that the control plane offers must be kept."""
    if model.unlogged:
        yield Fault(path="unlogged", found=f"not kept: {model.unlogged}", want="")
    if model.logging is False:
        yield Fault(path="logging", found="its logs are not kept", want=True)


CONTROL = Control(
    id="cluster-logs",
    title="Control plane logs are kept",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "unlogged",
        "logging",
    ),
    references=(
        aws_hub("EKS.8"),
        aws("eks/latest/userguide/control-plane-logs"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
