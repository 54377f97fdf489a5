"""Storage answers over TLS only.

Without TLS keys and data can be read on their way; with the old versions of it, they can be too.

Bad, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "LRS"
      min_tls_version = "TLS1_0"
    }

Good, terraform:

    resource "azurerm_storage_account" "a" {
      name                     = "shop"
      resource_group_name      = "shop"
      location                 = "westeurope"
      account_tier             = "Standard"
      account_replication_type = "LRS"
      min_tls_version = "TLS1_2"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe
from ringfence.models.cloud.storage import Bucket


def faults(model: Bucket) -> Iterator[Fault]:
    """Storage answers over TLS only."""
    if model.tls_only is False:
        yield Fault(path="tls_only", found="it answers without TLS, or with an old one", want=True)


CONTROL = Control(
    id="tls-only-buckets",
    title="Storage answers over TLS only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("tls_only",),
    references=(
        cis_azure("3.1"),
        cis_azure("3.15"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Bucket",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
