"""Clusters run a supported version.

A minor version of Kubernetes gets fixes for about fourteen months, and a provider's extended support ends a year
later. After that its vulnerabilities stay open, and the provider upgrades it at a time of its own choosing.

Bad, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
      version  = "1.24"
    }

Good, terraform:

    resource "aws_eks_cluster" "main" {
      name     = "main"
      role_arn = aws_iam_role.cluster.arn
      version  = "1.34"
    }
"""

import re
from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import aws, cwe, kubernetes
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """A version that is named must be one that providers still support."""
    match = _VERSION.match(model.version or "")
    if match and int(match[1]) < OLDEST:
        yield Fault(path="version", found=f"version 1.{match[1]} is no longer supported", want=_QUESTION)


#: The oldest minor version that a provider still supported in autumn 2026: EKS has 1.31 in extended support until
#: 2026-11-26 (docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html); AKS and GKE end sooner.
OLDEST = 31
_VERSION = re.compile(r"v?1\.([0-9]{1,3})(?![0-9])")
_QUESTION = Decision("to which version can it be upgraded?")


CONTROL = Control(
    id="supported-cluster-version",
    title="Clusters run a supported version",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("version",),
    references=(
        kubernetes("concepts/security/overview"),
        aws("eks/latest/userguide/kubernetes-versions"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
