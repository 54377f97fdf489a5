"""Machines use Secure Boot.

A modified boot loader or kernel sits beneath everything that could detect it.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"

      shielded_instance_config {
        enable_secure_boot = false
      }
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"

      shielded_instance_config {
        enable_secure_boot = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Machines use Secure Boot."""
    if model.secure_boot is False:
        yield Fault(path="secure_boot", found="it starts unsigned loaders", want=True)


CONTROL = Control(
    id="secure-boot-machines",
    title="Machines use Secure Boot",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("secure_boot",),
    references=(
        cis_gcp("4.8"),
        terraform("google/r/compute_instance"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
