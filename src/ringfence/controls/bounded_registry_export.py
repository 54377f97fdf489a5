"""Images cannot be exported from a registry.

With an export policy, people who may pull images cannot copy everything to another registry.

Bad, terraform:

    resource "azurerm_container_registry" "a" {
      name                  = "shop"
      resource_group_name   = "shop"
      location              = "westeurope"
      sku                   = "Premium"
      export_policy_enabled = true
    }

Good, terraform:

    resource "azurerm_container_registry" "a" {
      name                          = "shop"
      resource_group_name           = "shop"
      location                      = "westeurope"
      sku                           = "Premium"
      public_network_access_enabled = false
      export_policy_enabled         = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import Registry


def faults(model: Registry) -> Iterator[Fault]:
    """Images cannot be exported from a registry."""
    if model.export:
        yield Fault(path="export", found="images can be copied out of it", want=_QUESTION)


_QUESTION = Decision("does it have to be exported? exports can be turned off if public access is off")


CONTROL = Control(
    id="bounded-registry-export",
    title="Images cannot be exported from a registry",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("export",),
    references=(
        terraform("azurerm/r/container_registry"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Registry",),
    standards=frozenset({Standard.DEFAULT}),
)
