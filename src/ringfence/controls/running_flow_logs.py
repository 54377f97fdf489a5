"""Flow logs are on.

After a break-in you must know who talked to whom.

Bad, terraform:

    resource "azurerm_network_watcher_flow_log" "a" {
      network_watcher_name = "main"
      enabled              = false
    }

Good, terraform:

    resource "azurerm_network_watcher_flow_log" "a" {
      network_watcher_name = "main"
      enabled              = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.watching import FlowLog


def faults(model: FlowLog) -> Iterator[Fault]:
    """Flow logs are on."""
    if not model.enabled:
        yield Fault(path="enabled", found="it is off", want=True)


CONTROL = Control(
    id="running-flow-logs",
    title="Flow logs are on",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("enabled",),
    references=(
        terraform("azurerm/r/network_watcher_flow_log"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FlowLog",),
    standards=frozenset({Standard.DEFAULT}),
)
