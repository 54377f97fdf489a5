"""Networks do not create subnets automatically.

A network that creates a subnet in every region has subnets where nobody looks.

Bad, terraform:

    resource "google_compute_network" "a" {
      name = "a"
    }

Good, terraform:

    resource "google_compute_network" "a" {
      name                    = "a"
      auto_create_subnetworks = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.network import Network


def faults(model: Network) -> Iterator[Fault]:
    """Networks do not create subnets automatically."""
    if model.automatic:
        yield Fault(path="automatic", found="subnets are created automatically in every region", want=_QUESTION)


_QUESTION = Decision("which subnets are needed? create them, and set auto_create_subnetworks to false")


CONTROL = Control(
    id="planned-networks",
    title="Networks do not create subnets automatically",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("automatic",),
    references=(
        cis_gcp("3.1"),
        cwe(1188),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Network",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
