"""Services in production use a production tier.

A trial tier comes with no guarantees: it has no private address, no zones and no replicas, and stops when its quota
is used up.

Bad, terraform:

    resource "azurerm_app_configuration" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "free"
    }

Good, terraform:

    resource "azurerm_app_configuration" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "standard"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_azure, cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Services in production use a production tier."""
    if model.production_tier is False:
        yield Fault(path="production_tier", found=f"the {model.kind} is on a trial tier", want=_QUESTION)


_QUESTION = Decision("is it used in production? then which tier should it use?")


CONTROL = Control(
    id="production-tiers",
    title="Services in production use a production tier",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("production_tier",),
    references=(
        cis_azure("5.5"),
        terraform("azurerm/r/app_configuration"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_AZURE}),
)
