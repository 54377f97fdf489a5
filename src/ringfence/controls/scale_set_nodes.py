"""Nodes belong to a scale set.

Nodes of an availability set are individual machines: the pool cannot grow, and a broken or compromised node is not
replaced by a fresh one.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      resource_group_name = "main"
      location            = "westeurope"
      default_node_pool {
        name                         = "system"
        type                         = "AvailabilitySet"
      }
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      resource_group_name = "main"
      location            = "westeurope"
      default_node_pool {
        name                         = "system"
        type                         = "VirtualMachineScaleSets"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Nodes belong to a scale set."""
    if model.scale_set is False:
        yield Fault(path="scale_set", found="its nodes are not in a scale set", want=_QUESTION)


_QUESTION = Decision("when can the cluster be recreated?")


CONTROL = Control(
    id="scale-set-nodes",
    title="Nodes belong to a scale set",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("scale_set",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
