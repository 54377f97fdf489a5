"""What is done in a subscription is logged whole.

What is left out, or gone, is what one looks for afterwards.

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
      categories = ["Action", "Delete", "Write"]
      locations  = ["global"]

      retention_policy {
        enabled = true
        days    = 365
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.watching import ActivityLog


def faults(model: ActivityLog) -> Iterator[Fault]:
    """What is done in a subscription is logged whole."""
    if model.missing:
        yield Fault(path="missing", found="some kinds of activity are left out", want=_QUESTION)
    if model.retention_days is None or 0 < model.retention_days < _DAYS:
        yield Fault(path="retention_days", found="it is not kept for a year", want=_DAYS, severity=Severity.LOW)


_DAYS = 365

_QUESTION = Decision("name Action, Delete and Write")


CONTROL = Control(
    id="whole-activity-logs",
    title="What is done in a subscription is logged whole",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "missing",
        "retention_days",
    ),
    references=(
        terraform("azurerm/r/monitor_log_profile"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ActivityLog",),
    standards=frozenset({Standard.DEFAULT}),
)
