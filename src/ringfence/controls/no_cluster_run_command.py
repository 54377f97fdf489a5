"""Commands cannot be run in a cluster through the provider.

A permission in the cloud becomes permission to run any command in the cluster, bypassing its firewall.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      run_command_enabled = true
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      run_command_enabled = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Commands cannot be run in a cluster through the provider."""
    if model.run_command:
        yield Fault(path="run_command", found="commands can be run through the provider", want=False)


CONTROL = Control(
    id="no-cluster-run-command",
    title="Commands cannot be run in a cluster through the provider",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("run_command",),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cwe(284),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
