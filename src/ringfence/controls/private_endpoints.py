"""Services have a private endpoint in your network.

Without one, everything that uses the service goes to its public address, bypassing the network's own rules.

Bad, terraform:

    resource "azurerm_key_vault" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku_name            = "standard"
      tenant_id           = "00000000-0000-0000-0000-000000000001"
    }

Good, terraform:

    resource "azurerm_key_vault" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku_name            = "standard"
      tenant_id           = "00000000-0000-0000-0000-000000000001"
    }

    resource "azurerm_private_endpoint" "a" {
      name                = "vault"
      resource_group_name = "shop"
      location            = "westeurope"
      subnet_id           = azurerm_subnet.a.id
      private_service_connection {
        name                           = "vault"
        private_connection_resource_id = azurerm_key_vault.a.id
        is_manual_connection           = false
        subresource_names              = ["vault"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.guarding import PrivateLink


def faults(model: PrivateLink) -> Iterator[Fault]:
    """Services have a private endpoint in your network."""
    if not model.connected:
        yield Fault(path="connected", found=f"the {model.kind} has no private endpoint", want=_QUESTION)


_QUESTION = Decision("which subnet needs it?")


CONTROL = Control(
    id="private-endpoints",
    title="Services have a private endpoint in your network",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("connected",),
    references=(
        cis_azure("4.5.2"),
        cis_azure("3.10"),
        cis_azure("8.7"),
        terraform("azurerm/r/private_endpoint"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PrivateLink",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
