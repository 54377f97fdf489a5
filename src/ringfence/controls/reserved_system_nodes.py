"""System node pools run only system pods.

A program that uses up a node's memory takes the cluster's own DNS and metrics down if it runs beside them.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      resource_group_name = "main"
      location            = "westeurope"
      default_node_pool {
        name                         = "system"
        only_critical_addons_enabled = false
      }
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      resource_group_name = "main"
      location            = "westeurope"
      default_node_pool {
        name                         = "system"
        only_critical_addons_enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """System node pools run only system pods."""
    if model.system_only is False:
        yield Fault(path="system_only", found="other pods can run on it", want=_QUESTION)


_QUESTION = Decision("is there another pool for your own pods?")


CONTROL = Control(
    id="reserved-system-nodes",
    title="System node pools run only system pods",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("system_only",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(653),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
