"""Traffic between pods on the same node is visible.

Traffic between pods on the same node does not cross the network, so flow logs and firewall rules do not see it.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name                        = "main"
      location                    = "europe-west3"
      enable_intranode_visibility = false
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name                        = "main"
      location                    = "europe-west3"
      enable_intranode_visibility = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Traffic between pods on the same node is visible."""
    if model.intranode_visibility is False:
        yield Fault(path="intranode_visibility", found="traffic inside a node is not visible", want=True)


CONTROL = Control(
    id="visible-node-traffic",
    title="Traffic between pods on the same node is visible",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("intranode_visibility",),
    references=(
        cis_gke("5.6.1"),
        terraform("google/r/container_cluster"),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
