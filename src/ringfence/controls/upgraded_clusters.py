"""Clusters are upgraded automatically.

A version of Kubernetes is supported for about a year. What is not upgraded automatically is upgraded late.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                      = "main"
      location                  = "westeurope"
      resource_group_name       = "main"
      automatic_upgrade_channel = "patch"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters are upgraded automatically."""
    if model.upgrades is False:
        yield Fault(path="upgrades", found="it is not upgraded automatically", want=True)
    if model.release_channel is False:
        yield Fault(path="release_channel", found="it follows no release channel", want=_QUESTION)


_QUESTION = Decision("which channel should it follow?")


CONTROL = Control(
    id="upgraded-clusters",
    title="Clusters are upgraded automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "release_channel",
        "upgrades",
    ),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cis_gke("5.5.4"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
