"""Machines start only what is signed.

A changed boot loader or kernel is under everything that could find it.

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
    """Machines start only what is signed."""
    if model.secure_boot is False:
        yield Fault(path="secure_boot", found="it starts unsigned loaders", want=True)


CONTROL = Control(
    id="secure-boot-machines",
    title="Machines start only what is signed",
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
