"""Activity logs of a subscription are kept for a year.

Attacks are discovered after weeks or months. The record of what was done must still exist by then.

Bad, terraform:

    resource "azurerm_monitor_log_profile" "a" {
      name       = "all"
      categories = ["Write"]
      locations  = ["global"]

      retention_policy {
        enabled = true
        days    = 30
      }
    }

Good, terraform:

    resource "azurerm_monitor_log_profile" "a" {
      name       = "all"
      categories = ["Write"]
      locations  = ["global"]

      retention_policy {
        enabled = true
        days    = 365
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.watching import ActivityLog


def faults(model: ActivityLog) -> Iterator[Fault]:
    """Activity logs of a subscription are kept for a year."""
    if model.retention_days is None or 0 < model.retention_days < _DAYS:
        yield Fault(path="retention_days", found="it is not kept for a year", want=_DAYS)


_DAYS = 365


CONTROL = Control(
    id="kept-activity-logs",
    title="Activity logs of a subscription are kept for a year",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("retention_days",),
    references=(
        terraform("azurerm/r/monitor_log_profile"),
        cwe(779),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ActivityLog",),
    standards=frozenset({Standard.DEFAULT}),
)
