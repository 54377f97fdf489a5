"""Storage queue requests are logged.

To investigate an attack you need to know who read, wrote and deleted messages.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      min_tls_version          = "TLS1_2"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "GRS"
      queue_properties {
        logging {
          delete                = true
          read                  = true
          write                 = true
          version               = "1.0"
          retention_policy_days = 90
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.account import StorageAccount


def faults(model: StorageAccount) -> Iterator[Fault]:
    """Storage queue requests are logged."""
    if model.queue_logged is False:
        yield Fault(path="queue_logged", found="reads, writes and deletions are not logged", want=_QUESTION)


_QUESTION = Decision("how long should the logs be kept? add the logging block")


CONTROL = Control(
    id="logged-queue-requests",
    title="Storage queue requests are logged",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("queue_logged",),
    references=(
        terraform("azurerm/r/storage_account"),
        cis_azure("3.5"),
        cwe(778),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("StorageAccount",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
