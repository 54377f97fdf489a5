"""Managed services accept TLS 1.2 and newer only.

An attacker who can force both sides to fall back can read what is sent with TLS 1.0 or 1.1.

Bad, terraform:

    resource "azurerm_servicebus_namespace" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
      minimum_tls_version = "1.0"
    }

Good, terraform:

    resource "azurerm_servicebus_namespace" "a" {
      name                = "shop"
      resource_group_name = "shop"
      location            = "westeurope"
      sku                 = "Premium"
      minimum_tls_version = "1.2"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ManagedService


def faults(model: ManagedService) -> Iterator[Fault]:
    """Managed services accept TLS 1.2 and newer only."""
    if model.min_tls is not None and is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=f"TLS {model.min_tls} is accepted", want="1.2")


CONTROL = Control(
    id="current-service-tls",
    title="Managed services accept TLS 1.2 and newer only",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
    references=(
        terraform("azurerm/r/servicebus_namespace"),
        cwe(326),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ManagedService",),
    standards=frozenset({Standard.DEFAULT}),
)
