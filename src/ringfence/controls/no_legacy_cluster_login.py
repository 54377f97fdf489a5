"""Clusters do not use legacy authorisation.

The legacy rules give service accounts nearly every right, and roles cannot take it away.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name               = "main"
      location           = "europe-west3"
      enable_legacy_abac = true
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name               = "main"
      location           = "europe-west3"
      enable_legacy_abac = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters do not use legacy authorisation."""
    if model.legacy_authorization:
        yield Fault(path="legacy_authorization", found="legacy authorisation is on", want=False)


CONTROL = Control(
    id="no-legacy-cluster-login",
    title="Clusters do not use legacy authorisation",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("legacy_authorization",),
    references=(
        cis_gke("5.8.3"),
        cwe(285),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
