"""The memory of machines is encrypted.

Data being processed sits in memory as plain text unless the processor encrypts it.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"

      confidential_instance_config {
        enable_confidential_compute = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """The memory of machines is encrypted."""
    if model.confidential is False:
        yield Fault(path="confidential", found="its memory is not encrypted", want=_QUESTION)


_QUESTION = Decision("does its machine type support encrypted memory?")


CONTROL = Control(
    id="confidential-machines",
    title="The memory of machines is encrypted",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("confidential",),
    references=(
        cis_gcp("4.11"),
        terraform("google/r/compute_instance"),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.CIS_GCP}),
)
