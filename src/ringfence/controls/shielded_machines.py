"""Machines prove what they started.

Measured starts show a changed kernel or boot loader.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      shielded_instance_config {
        enable_vtpm = false
      }
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      shielded_instance_config {
        enable_vtpm = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """Machines prove what they started."""
    if model.virtual_tpm is False:
        yield Fault(path="virtual_tpm", found="it has no virtual TPM", want=True)
    if model.integrity_monitoring is False:
        yield Fault(path="integrity_monitoring", found="nobody sees that it started something else", want=True)


CONTROL = Control(
    id="shielded-machines",
    title="Machines prove what they started",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "integrity_monitoring",
        "virtual_tpm",
    ),
    references=(
        cis_gcp("4.8"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
