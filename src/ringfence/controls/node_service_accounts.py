"""Nodes have a service account of their own.

In most projects the default service account can edit everything in the project, and so can every pod that gets hold
of it.

Bad, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        machine_type = "e2-standard-4"
      }
    }

Good, terraform:

    resource "google_container_node_pool" "a" {
      cluster = "main"

      node_config {
        service_account = "nodes@shop.iam.gserviceaccount.com"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe, terraform
from ringfence.models.cloud.containers import NodePool


def faults(model: NodePool) -> Iterator[Fault]:
    """Nodes have a service account of their own."""
    if model.service_account == "":
        yield Fault(path="service_account", found="they run as the project's default identity", want=_QUESTION)


_QUESTION = Decision("which service account with few permissions should the nodes use?")


CONTROL = Control(
    id="node-service-accounts",
    title="Nodes have a service account of their own",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("service_account",),
    references=(
        cis_gke("5.2.1"),
        terraform("google/r/container_node_pool"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("NodePool",),
    standards=frozenset({Standard.DEFAULT}),
)
