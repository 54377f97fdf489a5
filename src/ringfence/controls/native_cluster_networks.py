"""Pods have addresses on the VPC network.

Firewalls, flow logs and network policies see individual pods only if pods have addresses on the network.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name            = "main"
      location        = "europe-west3"
      networking_mode = "ROUTES"
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name            = "main"
      location        = "europe-west3"
      networking_mode = "VPC_NATIVE"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Pods have addresses on the VPC network."""
    if model.vpc_native is False:
        yield Fault(path="vpc_native", found="its pods have no addresses of their own on the network", want=_QUESTION)


_QUESTION = Decision("another network mode needs a new cluster")


CONTROL = Control(
    id="native-cluster-networks",
    title="Pods have addresses on the VPC network",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("vpc_native",),
    references=(
        cis_gke("5.6.2"),
        terraform("google/r/container_cluster"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
