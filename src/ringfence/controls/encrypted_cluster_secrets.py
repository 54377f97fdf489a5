"""Secrets of a cluster are encrypted with a key of one's own.

Secrets of Kubernetes are kept in etcd as they are. With a key of one's own, a copy of its disks tells nothing.
Once on, it cannot be turned off.

Bad, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
    }

Good, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
      encryption_config {
        resources = ["secrets"]
        provider {
          key_arn = aws_kms_key.main.arn
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, aws_hub, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Secrets must be encrypted with a key of the account's own."""
    if model.secrets_encrypted is False:
        yield Fault(
            path="secrets_encrypted", found="its secrets are not encrypted with a key of one's own", want=_QUESTION
        )


_QUESTION = Decision("which key should encrypt the secrets?")


CONTROL = Control(
    id="encrypted-cluster-secrets",
    title="Secrets of a cluster are encrypted with a key of one's own",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secrets_encrypted",),
    references=(
        aws_hub("EKS.3"),
        aws("eks/latest/userguide/enable-kms"),
        cwe(311),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
