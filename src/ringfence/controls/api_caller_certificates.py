"""API callers present a certificate.

A leaked key opens an API to everybody. The private key of a certificate never leaves its owner.

Bad, terraform:

    resource "azurerm_api_management" "a" {
      name                       = "shop"
      resource_group_name        = "shop"
      location                   = "westeurope"
      publisher_name             = "Shop"
      publisher_email            = "shop@example.com"
      sku_name                   = "Consumption_0"
      client_certificate_enabled = false
    }

Good, terraform:

    resource "azurerm_api_management" "a" {
      name                       = "shop"
      resource_group_name        = "shop"
      location                   = "westeurope"
      publisher_name             = "Shop"
      publisher_email            = "shop@example.com"
      sku_name                   = "Consumption_0"
      client_certificate_enabled = true
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.edge import Api


def faults(model: Api) -> Iterator[Fault]:
    """API callers present a certificate."""
    if model.caller_certificates is False:
        yield Fault(path="caller_certificates", found="client certificates are not required", want=_QUESTION)


_QUESTION = Decision("do all callers have certificates? then require them")


CONTROL = Control(
    id="api-caller-certificates",
    title="API callers present a certificate",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("caller_certificates",),
    references=(
        terraform("azurerm/r/api_management"),
        cwe(295),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Api",),
    standards=frozenset({Standard.DEFAULT}),
)
