"""Rules open single ports, not wide ranges.

Among many open ports there is always one that nobody thought of.

Bad, terraform:

    resource "google_compute_firewall" "a" {
      name          = "a"
      network       = "main"
      source_ranges = ["10.0.0.0/8"]

      allow {
        protocol = "tcp"
        ports    = ["8000-8999"]
      }
    }

Good, terraform:

    resource "google_compute_firewall" "a" {
      name          = "a"
      network       = "main"
      source_ranges = ["10.0.0.0/8"]

      allow {
        protocol = "tcp"
        ports    = ["8000-8010"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.network import PortSpan


def faults(model: PortSpan) -> Iterator[Fault]:
    """Rules open single ports, not wide ranges."""
    if model.widest > _MANY:
        yield Fault(path="widest", found=f"{model.widest} ports are open in one range", want=_QUESTION)


_MANY = 20

_QUESTION = Decision("which ports are needed?")


CONTROL = Control(
    id="bounded-port-spans",
    title="Rules open single ports, not wide ranges",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("widest",),
    references=(
        terraform("google/r/compute_firewall"),
        cwe(284),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("PortSpan",),
    standards=frozenset({Standard.DEFAULT}),
)
