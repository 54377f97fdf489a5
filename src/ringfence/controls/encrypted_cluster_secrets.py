"""Cluster secrets are encrypted with a customer-managed key.

Kubernetes stores secrets in etcd unencrypted. With a key of your own, a copy of the etcd disks reveals nothing. Once
on, this cannot be turned off.

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
            path="secrets_encrypted", found="its secrets are not encrypted with a customer-managed key", want=_QUESTION
        )


_QUESTION = Decision("which key should encrypt the secrets?")


CONTROL = Control(
    id="encrypted-cluster-secrets",
    title="Cluster secrets are encrypted with a customer-managed key",
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
