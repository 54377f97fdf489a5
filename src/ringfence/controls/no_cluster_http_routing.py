"""HTTP application routing is off.

The add-on serves plain HTTP for whatever asks for it, under a name that anybody can look up. It was made for trials
and is no longer maintained.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                             = "main"
      resource_group_name              = "main"
      location                         = "westeurope"
      http_application_routing_enabled = true
      default_node_pool {
        name = "system"
      }
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                             = "main"
      resource_group_name              = "main"
      location                         = "westeurope"
      http_application_routing_enabled = false
      default_node_pool {
        name = "system"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """HTTP application routing is off."""
    if model.http_routing:
        yield Fault(path="http_routing", found="it can publish applications over plain HTTP", want=False)


CONTROL = Control(
    id="no-cluster-http-routing",
    title="HTTP application routing is off",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("http_routing",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(319),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
