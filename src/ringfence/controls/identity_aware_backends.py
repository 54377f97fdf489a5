"""Users log in before they reach an internal application.

The proxy admits nobody who has not logged in to the cloud, whatever flaws the application has. A public page needs a
waiver.

Bad, terraform:

    resource "google_compute_backend_service" "desk" {
      name            = "desk"
      protocol        = "HTTPS"
      security_policy = "main"

      log_config {
        enable = true
      }
    }

Good, terraform:

    resource "google_compute_backend_service" "desk" {
      name            = "desk"
      protocol        = "HTTPS"
      security_policy = "main"

      log_config {
        enable = true
      }

      iap {
        enabled = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.edge import IdentityProxy


def faults(model: IdentityProxy) -> Iterator[Fault]:
    """Users log in before they reach an internal application."""
    if not model.asked:
        yield Fault(path="asked", found="users reach the application without logging in", want=_QUESTION)


_QUESTION = Decision("is it for your own people only? then let them log in through the proxy")


CONTROL = Control(
    id="identity-aware-backends",
    title="Users log in before they reach an internal application",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("asked",),
    references=(
        cis_gcp("3.10"),
        terraform("google/r/compute_backend_service"),
        cwe(306),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("IdentityProxy",),
    standards=frozenset({Standard.CIS_GCP}),
)
