"""Clusters use role-based access control.

Without roles, every account of a cluster, and every pod with a token, is an administrator.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      role_based_access_control_enabled = false
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      role_based_access_control_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters use role-based access control."""
    if model.rbac is False:
        yield Fault(path="rbac", found="anybody who gets in may do everything", want=True)


CONTROL = Control(
    id="role-based-clusters",
    title="Clusters use role-based access control",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("rbac",),
    references=(
        cis_azure("8.5", "1.3.0"),
        cwe(285),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
