"""Mounted secrets are rotated automatically.

Otherwise pods keep the old value of a secret that was changed in its vault.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      key_vault_secrets_provider {
        secret_rotation_enabled = false
      }
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      key_vault_secrets_provider {
        secret_rotation_enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Mounted secrets are rotated automatically."""
    if model.secret_rotation is False:
        yield Fault(path="secret_rotation", found="mounted secrets are not rotated", want=True)


CONTROL = Control(
    id="rotated-cluster-secrets",
    title="Mounted secrets are rotated automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secret_rotation",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(324),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
