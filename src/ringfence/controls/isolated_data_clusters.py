"""Data processing runs on dedicated hosts.

On a host shared with other customers, only the hypervisor keeps the data apart.

Bad, terraform:

    resource "azurerm_synapse_spark_pool" "a" {
      name                      = "jobs"
      synapse_workspace_id      = azurerm_synapse_workspace.a.id
      node_size_family          = "MemoryOptimized"
      node_size                 = "XXXLarge"
      compute_isolation_enabled = false
    }

Good, terraform:

    resource "azurerm_synapse_spark_pool" "a" {
      name                      = "jobs"
      synapse_workspace_id      = azurerm_synapse_workspace.a.id
      node_size_family          = "MemoryOptimized"
      node_size                 = "XXXLarge"
      compute_isolation_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """Data processing runs on dedicated hosts."""
    if model.isolated is False:
        yield Fault(path="isolated", found="its hosts are shared with other customers", want=_QUESTION)


_QUESTION = Decision("may its machines be larger? only the largest ones run on dedicated hosts")


CONTROL = Control(
    id="isolated-data-clusters",
    title="Data processing runs on dedicated hosts",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("isolated",),
    references=(
        terraform("azurerm/r/synapse_spark_pool"),
        cwe(653),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
