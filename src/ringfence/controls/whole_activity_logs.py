"""Every category of subscription activity is logged.

The category that was left out is the one that is needed afterwards.

Bad, terraform:

    resource "azurerm_monitor_log_profile" "a" {
      name       = "all"
      categories = ["Write"]
      locations  = ["global"]

      retention_policy {
        enabled = true
        days    = 365
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
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.watching import ActivityLog


def faults(model: ActivityLog) -> Iterator[Fault]:
    """Every category of subscription activity is logged."""
    if model.missing:
        yield Fault(path="missing", found="some categories of activity are not logged", want=_QUESTION)


_QUESTION = Decision("which categories may be left out?")


CONTROL = Control(
    id="whole-activity-logs",
    title="Every category of subscription activity is logged",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("missing",),
    references=(
        cis_azure("5.1.2"),
        terraform("azurerm/r/monitor_log_profile"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ActivityLog",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
