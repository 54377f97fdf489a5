"""Administrators of Service Fabric clusters come from a directory.

A certificate opens the cluster until it expires, whoever holds it.

Bad, terraform:

    resource "azurerm_service_fabric_cluster" "a" {
      name = "a"
    }

Good, terraform:

    resource "azurerm_service_fabric_cluster" "a" {
      name = "a"

      azure_active_directory {
        tenant_id = var.tenant
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ServiceCluster


def faults(model: ServiceCluster) -> Iterator[Fault]:
    """Administrators of Service Fabric clusters come from a directory."""
    if not model.directory_login:
        yield Fault(path="directory_login", found="its administrators do not come from a directory", want=_QUESTION)


_QUESTION = Decision("which directory applications represent the cluster?")


CONTROL = Control(
    id="directory-service-clusters",
    title="Administrators of Service Fabric clusters come from a directory",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("directory_login",),
    references=(
        terraform("azurerm/r/service_fabric_cluster"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServiceCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
