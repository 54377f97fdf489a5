"""Pods have cloud identities of their own.

Without one, each pod acts as its node, and may do whatever any pod on that node needs.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      workload_identity_config {
        workload_pool = "shop.svc.id.goog"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Pods have cloud identities of their own."""
    if model.workload_identity is False:
        yield Fault(path="workload_identity", found="pods use their node's identity", want=_QUESTION)


_QUESTION = Decision("which identity pool should it use? add workload_identity_config")


CONTROL = Control(
    id="workload-identity",
    title="Pods have cloud identities of their own",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("workload_identity",),
    references=(
        cis_gke("5.2.2"),
        terraform("google/r/container_cluster"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
