"""Clusters have no local accounts.

People who leave keep access through accounts that no directory knows.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                   = "main"
      location               = "westeurope"
      resource_group_name    = "main"
      local_account_disabled = false
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                   = "main"
      location               = "westeurope"
      resource_group_name    = "main"
      local_account_disabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters have no local accounts."""
    if model.local_accounts:
        yield Fault(path="local_accounts", found="local accounts are on", want=False)


CONTROL = Control(
    id="no-local-cluster-accounts",
    title="Clusters have no local accounts",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("local_accounts",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(287),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
