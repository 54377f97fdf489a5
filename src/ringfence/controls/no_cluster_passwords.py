"""Clusters do not accept passwords.

A single password that never expires, kept in the state and in settings, opens the whole cluster.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"

      master_auth {
        username = "admin"
        password = var.password
      }
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters do not accept passwords."""
    if model.basic_auth:
        yield Fault(path="basic_auth", found="a user name and password are accepted", want=_QUESTION)


_QUESTION = Decision("let people log in with cloud identities")


CONTROL = Control(
    id="no-cluster-passwords",
    title="Clusters do not accept passwords",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("basic_auth",),
    references=(
        cis_gke("5.8.1", "1.3.0"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
