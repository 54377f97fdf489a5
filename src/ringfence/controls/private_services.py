"""Managed services are private unless they must be public.

Anybody can attack a service that is exposed to the internet; a single stolen key is then enough.

Bad, terraform:

    resource "azurerm_search_service" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "standard"
    }

Good, terraform:

    resource "azurerm_search_service" "a" {
      name                          = "shop"
      resource_group_name           = "shop"
      location                      = "westeurope"
      sku                           = "standard"
      public_network_access_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Managed services are private unless they must be public."""
    if model.public:
        yield Fault(path="public", found=f"the {model.kind} is reachable from the internet", want=False)


CONTROL = Control(
    id="private-services",
    title="Managed services are private unless they must be public",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("public",),
    references=(
        terraform("azurerm/r/search_service"),
        cwe(668),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
