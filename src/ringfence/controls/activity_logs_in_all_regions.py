"""Activity in every region is logged.

An attacker with a stolen login starts machines in the regions that nobody watches.

Bad, terraform:

    resource "azurerm_monitor_log_profile" "a" {
      name       = "all"
      categories = ["Action", "Delete", "Write"]
      locations  = ["eastus", "westeurope", "global"]

      retention_policy {
        enabled = true
        days    = 365
      }
    }

Good, terraform:

    resource "azurerm_monitor_log_profile" "a" {
      name       = "all"
      categories = ["Action", "Delete", "Write"]
      locations = [
        "eastus",
        "eastus2",
        "southcentralus",
        "westus2",
        "westus3",
        "australiaeast",
        "southeastasia",
        "northeurope",
        "swedencentral",
        "uksouth",
        "westeurope",
        "centralus",
        "northcentralus",
        "westus",
        "southafricanorth",
        "centralindia",
        "eastasia",
        "japaneast",
        "koreacentral",
        "canadacentral",
        "francecentral",
        "germanywestcentral",
        "norwayeast",
        "switzerlandnorth",
        "uaenorth",
        "brazilsouth",
        "westcentralus",
        "southafricawest",
        "australiacentral",
        "japanwest",
        "ukwest",
        "global",
      ]

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
    """Activity in every region is logged."""
    if not model.all_regions:
        yield Fault(path="all_regions", found="some regions are not covered", want=_QUESTION)


_QUESTION = Decision("list every region, and global")


CONTROL = Control(
    id="activity-logs-in-all-regions",
    title="Activity in every region is logged",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("all_regions",),
    references=(
        terraform("azurerm/r/monitor_log_profile"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ActivityLog",),
    standards=frozenset({Standard.DEFAULT}),
)
