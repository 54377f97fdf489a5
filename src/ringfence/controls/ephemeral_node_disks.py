"""Node disks are ephemeral.

A node whose disk is recreated at each start keeps nothing that an attacker left there.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      default_node_pool {
        name         = "system"
        os_disk_type = "Managed"
      }
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      default_node_pool {
        name         = "system"
        os_disk_type = "Ephemeral"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Node disks are ephemeral."""
    if model.ephemeral_disk is False:
        yield Fault(path="ephemeral_disk", found="its system disk is not ephemeral", want=_QUESTION)


_QUESTION = Decision("does its machine size have a local disk? then use it")


CONTROL = Control(
    id="ephemeral-node-disks",
    title="Node disks are ephemeral",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ephemeral_disk",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        terraform("azurerm/r/kubernetes_cluster_node_pool"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
