"""Nodes of Service Fabric clusters encrypt and sign their traffic.

Otherwise anybody who gets into the network could impersonate a node.

Bad, terraform:

    resource "azurerm_service_fabric_cluster" "a" {
      name = "a"

      fabric_settings {
        name = "Security"

        parameters = {
          ClusterProtectionLevel = "None"
        }
      }
    }

Good, terraform:

    resource "azurerm_service_fabric_cluster" "a" {
      name = "a"

      fabric_settings {
        name = "Security"

        parameters = {
          ClusterProtectionLevel = "EncryptAndSign"
        }
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.managed import ServiceCluster


def faults(model: ServiceCluster) -> Iterator[Fault]:
    """Nodes of Service Fabric clusters encrypt and sign their traffic."""
    if not model.sealed:
        yield Fault(path="sealed", found="its nodes do not sign and encrypt their traffic", want=_QUESTION)


_QUESTION = Decision("add a Security setting with ClusterProtectionLevel = EncryptAndSign")


CONTROL = Control(
    id="sealed-service-clusters",
    title="Nodes of Service Fabric clusters encrypt and sign their traffic",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("sealed",),
    references=(
        terraform("azurerm/r/service_fabric_cluster"),
        cwe(319),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("ServiceCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
