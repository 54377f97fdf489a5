"""Node disks are encrypted with a customer-managed key.

Whoever controls the key decides who can read the disks, and can revoke that.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                   = "main"
      location               = "westeurope"
      resource_group_name    = "main"
      disk_encryption_set_id = azurerm_disk_encryption_set.main.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster, NodePool


def faults(model: KubernetesCluster | NodePool) -> Iterator[Fault]:
    """Node disks are encrypted with a customer-managed key."""
    if isinstance(model, NodePool):
        if model.customer_key is False:
            yield Fault(path="customer_key", found="its disks are encrypted with the provider's key", want=_QUESTION)
        return
    if model.disks_customer_key is False:
        yield Fault(path="disks_customer_key", found="its disks are encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which disk encryption set should it use?")


CONTROL = Control(
    id="customer-key-cluster-disks",
    title="Node disks are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key", "disks_customer_key"),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster", "NodePool"),
    standards=frozenset({Standard.DEFAULT}),
)
