"""Cluster administrators come from a directory.

People come and go. If a directory and its groups decide who may do what, leaving the group ends the right.

Bad, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                   = "main"
      location               = "westeurope"
      resource_group_name    = "main"
      local_account_disabled = false
    }

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
    }

Good, terraform:

    resource "azurerm_kubernetes_cluster" "main" {
      name                = "main"
      location            = "westeurope"
      resource_group_name = "main"
      azure_active_directory_role_based_access_control {
        azure_rbac_enabled = true
      }
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      authenticator_groups_config {
        security_group = "gke-security-groups@example.com"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Cluster administrators come from a directory."""
    if model.directory_login is False:
        yield Fault(path="directory_login", found="logins do not come from a directory", want=_QUESTION)
    if model.directory_groups is False:
        yield Fault(path="directory_groups", found="permissions cannot be given to directory groups", want=_QUESTION)


_QUESTION = Decision("which directory group should administer it?")


CONTROL = Control(
    id="directory-cluster-login",
    title="Cluster administrators come from a directory",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "directory_groups",
        "directory_login",
    ),
    references=(
        terraform("azurerm/r/kubernetes_cluster"),
        cis_gke("5.8.2"),
        cwe(287),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
