"""Subnets reach the provider's services privately.

Without it, machines are given public addresses only so that they can reach storage.

Bad, terraform:

    resource "google_compute_subnetwork" "a" {
      name          = "a"
      ip_cidr_range = "10.0.0.0/24"
      network       = "a"

      log_config {
      }
    }

Good, terraform:

    resource "google_compute_subnetwork" "a" {
      name                     = "a"
      ip_cidr_range            = "10.0.0.0/24"
      network                  = "a"
      private_ip_google_access = true

      log_config {
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.network import DualStackAccess, Subnet


def faults(model: Subnet | DualStackAccess) -> Iterator[Fault]:
    """Subnets reach the provider's services privately."""
    if isinstance(model, DualStackAccess):
        if not model.private_newer:
            found = "machines reach the provider's services over the internet by IPv6"
            yield Fault(path="private_newer", found=found, want=True)
    elif model.private_access is False:
        yield Fault(
            path="private_access",
            found="machines without public addresses cannot reach the provider's services",
            want=True,
        )


CONTROL = Control(
    id="private-service-access",
    title="Subnets reach the provider's services privately",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("private_access", "private_newer"),
    references=(
        cwe(923),
        terraform("google/r/compute_subnetwork"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Subnet", "DualStackAccess"),
    standards=frozenset({Standard.DEFAULT}),
)
