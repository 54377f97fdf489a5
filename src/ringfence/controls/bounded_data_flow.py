"""Data leaves a workspace only for known destinations.

Anybody who may run a job could send all the data to an account of their own.

Bad, terraform:

    resource "azurerm_synapse_workspace" "a" {
      name                            = "a"
      managed_virtual_network_enabled = true
    }

Good, terraform:

    resource "azurerm_synapse_workspace" "a" {
      name                                 = "a"
      managed_virtual_network_enabled      = true
      data_exfiltration_protection_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.analytics import DataCluster


def faults(model: DataCluster) -> Iterator[Fault]:
    """Data leaves a workspace only for known destinations."""
    if model.exfiltration_protection is False:
        yield Fault(path="exfiltration_protection", found="its jobs may send data to any host", want=_QUESTION)


_QUESTION = Decision("which tenants may receive its data? this can only be chosen at creation")


CONTROL = Control(
    id="bounded-data-flow",
    title="Data leaves a workspace only for known destinations",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("exfiltration_protection",),
    references=(
        terraform("azurerm/r/synapse_workspace"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("DataCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
