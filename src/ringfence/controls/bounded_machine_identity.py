"""Machines have a service account of their own.

A project's default service account can usually edit everything in the project, and so can every machine that uses it.

Bad, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      service_account {
        scopes = ["cloud-platform"]
      }
    }

Good, terraform:

    resource "google_compute_instance" "a" {
      name         = "a"
      machine_type = "e2-small"
      service_account {
        email  = "web@shop.iam.gserviceaccount.com"
        scopes = ["cloud-platform"]
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe
from ringfence.models.cloud.compute import Machine


def faults(model: Machine) -> Iterator[Fault]:
    """A machine does not run as the project's default identity."""
    if model.default_identity:
        full = model.default_identity == "full"
        found = "it runs as the default identity" + (", which may do everything" if full else "")
        yield Fault(path="default_identity", found=found, want=_QUESTION, severity=Severity.HIGH if full else None)


_QUESTION = Decision("which service account of its own should it have?")


CONTROL = Control(
    id="bounded-machine-identity",
    title="Machines have a service account of their own",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("default_identity",),
    references=(
        cis_gcp("4.1"),
        cis_gcp("4.2"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Machine",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
