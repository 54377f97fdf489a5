"""Managed services are encrypted with a customer-managed key.

Whoever controls the key decides who can read the data, and can revoke that.

Bad, terraform:

    resource "azurerm_data_factory" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
    }

Good, terraform:

    resource "azurerm_data_factory" "a" {
      name                    = "shop"
      resource_group_name     = "shop"
      location                = "westeurope"
      customer_managed_key_id = azurerm_key_vault_key.a.id
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Managed services are encrypted with a customer-managed key."""
    if model.customer_key is False:
        yield Fault(path="customer_key", found=f"the {model.kind} is encrypted with the provider's key", want=_QUESTION)


_QUESTION = Decision("which key should it use?")


CONTROL = Control(
    id="customer-key-services",
    title="Managed services are encrypted with a customer-managed key",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("customer_key",),
    references=(
        terraform("azurerm/r/data_factory"),
        cwe(320),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
