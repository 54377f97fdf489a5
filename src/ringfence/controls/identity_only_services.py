"""Managed services accept cloud identities only, not keys.

Keys belong to nobody, get copied into settings, and are never revoked. Identities can be restricted, and appear in
logs.

Bad, terraform:

    resource "azurerm_servicebus_namespace" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
    }

Good, terraform:

    resource "azurerm_servicebus_namespace" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
      local_auth_enabled  = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Managed services accept cloud identities only, not keys."""
    if model.local_auth:
        yield Fault(path="local_auth", found=f"the {model.kind} accepts access keys", want=False)


CONTROL = Control(
    id="identity-only-services",
    title="Managed services accept cloud identities only, not keys",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("local_auth",),
    references=(
        terraform("azurerm/r/servicebus_namespace"),
        cwe(522),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
