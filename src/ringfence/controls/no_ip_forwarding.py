"""IP forwarding is off.

A machine that forwards packets can impersonate others and connect networks that were kept apart. Only gateways need
it.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      can_ip_forward = true
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      can_ip_forward = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """IP forwarding is off."""
    if model.ip_forwarding:
        yield Fault(path="ip_forwarding", found="it may forward packets", want=False)


CONTROL = Control(
    id="no-ip-forwarding",
    title="IP forwarding is off",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("ip_forwarding",),
    references=(
        cis_gcp("4.6"),
        cwe(923),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
