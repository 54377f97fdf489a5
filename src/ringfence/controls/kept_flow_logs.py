"""Flow logs are kept for 90 days.

Attacks are discovered after weeks or months. The record of who talked to whom must still exist by then.

Bad, terraform:

    resource "azurerm_network_watcher_flow_log" "a" {
      network_watcher_name = "main"
      enabled              = true

      retention_policy {
        enabled = true
        days    = 7
      }
    }

Good, terraform:

    resource "azurerm_network_watcher_flow_log" "a" {
      network_watcher_name = "main"
      enabled              = true

      retention_policy {
        enabled = true
        days    = 90
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.watching import FlowLog


def faults(model: FlowLog) -> Iterator[Fault]:
    """Flow logs are kept for 90 days."""
    if model.retention_days is None or 0 < model.retention_days < _DAYS:
        yield Fault(path="retention_days", found="they are not kept for 90 days", want=_DAYS)


_DAYS = 90


CONTROL = Control(
    id="kept-flow-logs",
    title="Flow logs are kept for 90 days",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retention_days",),
    references=(
        terraform("azurerm/r/network_watcher_flow_log"),
        cis_azure("6.5"),
        cwe(779),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("FlowLog",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
