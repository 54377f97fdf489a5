"""Models send data to named hosts only.

A model that fetches whatever a prompt names can be tricked into leaking data in a URL. A list of allowed hosts stops
that.

Bad, terraform:

    resource "azurerm_cognitive_account" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      kind                = "OpenAI"
      sku_name            = "S0"
    }

Good, terraform:

    resource "azurerm_cognitive_account" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      kind                = "OpenAI"
      sku_name            = "S0"
      outbound_network_access_restricted = true
      fqdns                              = ["shop.example.com"]
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Models send data to named hosts only."""
    if model.egress_limited is False:
        yield Fault(path="egress_limited", found=f"the {model.kind} may send data to any host", want=_QUESTION)


_QUESTION = Decision("which hosts may it send data to?")


CONTROL = Control(
    id="bounded-service-egress",
    title="Models send data to named hosts only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("egress_limited",),
    references=(
        terraform("azurerm/r/cognitive_account"),
        cwe(201),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
