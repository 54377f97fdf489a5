"""Clusters reject what their policy forbids.

An admission policy applies to everybody, not only to those who run a scanner.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                 = "main"
      location             = "westeurope"
      resource_group_name  = "main"
      azure_policy_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters reject what their policy forbids."""
    if model.policy_addon is False:
        yield Fault(path="policy_addon", found="no admission policy is enforced", want=True)


CONTROL = Control(
    id="cluster-admission-policy",
    title="Clusters reject what their policy forbids",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("policy_addon",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
