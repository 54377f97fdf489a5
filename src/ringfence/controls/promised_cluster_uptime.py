"""The API server has an uptime guarantee.

Without an API server nothing is deployed, scaled or repaired.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      sku_tier            = "Standard"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """The API server has an uptime guarantee."""
    if model.paid_tier is False:
        yield Fault(path="paid_tier", found="its API server has no uptime guarantee", want=_QUESTION)


_QUESTION = Decision("is it used in production? then set the tier to Standard")


CONTROL = Control(
    id="promised-cluster-uptime",
    title="The API server has an uptime guarantee",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("paid_tier",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
