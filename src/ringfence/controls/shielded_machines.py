"""The boot integrity of machines is monitored.

A measured boot reveals a modified kernel or boot loader.

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

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.care import MachineCare
from ringfence.models.cloud.compute import Machine


def faults(model: Machine | MachineCare) -> Iterator[Fault]:
    """The boot integrity of machines is monitored."""
    if isinstance(model, MachineCare):
        if model.shielded is False:
            yield Fault(
                path="shielded",
                found="it has no shielded_instance_config",
                want=_QUESTION,
                severity=Severity.LOW,
            )
        return
    if model.virtual_tpm is False:
        yield Fault(path="virtual_tpm", found="it has no virtual TPM", want=True)
    if model.integrity_monitoring is False:
        yield Fault(path="integrity_monitoring", found="its boot integrity is not monitored", want=True)


_QUESTION = Decision("add a shielded_instance_config")


CONTROL = Control(
    id="shielded-machines",
    title="The boot integrity of machines is monitored",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "integrity_monitoring",
        "virtual_tpm",
        "shielded",
    ),
    references=(
        cis_gcp("4.8"),
        cwe(345),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine", "MachineCare"),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
