"""Training machines are replaced when nobody uses them.

A cluster for machine learning gets the newest image for a machine when it starts it. A machine that is never let go
keeps the image that it was started with, and what was found in that since stays open.

Bad, terraform:

    resource "azurerm_machine_learning_compute_cluster" "a" {
      name                          = "training"
      location                      = "westeurope"
      vm_priority                   = "Dedicated"
      vm_size                       = "Standard_DS2_v2"
      machine_learning_workspace_id = azurerm_machine_learning_workspace.a.id

      scale_settings {
        min_node_count                       = 1
        max_node_count                       = 4
        scale_down_nodes_after_idle_duration = "PT10M"
      }
    }

Good, terraform:

    resource "azurerm_machine_learning_compute_cluster" "a" {
      name                          = "training"
      location                      = "westeurope"
      vm_priority                   = "Dedicated"
      vm_size                       = "Standard_DS2_v2"
      machine_learning_workspace_id = azurerm_machine_learning_workspace.a.id

      scale_settings {
        min_node_count                       = 0
        max_node_count                       = 4
        scale_down_nodes_after_idle_duration = "PT10M"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """No machine is kept while nobody uses it."""
    if model.kept_nodes:
        found = f"it keeps {model.kept_nodes} of its machines, which get no newer image"
        yield Fault(path="kept_nodes", found=found, want=0)


CONTROL = Control(
    id="renewed-training-nodes",
    title="Training machines are replaced when nobody uses them",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("kept_nodes",),
    references=(
        terraform("azurerm/r/machine_learning_compute_cluster"),
        cwe(1104),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
