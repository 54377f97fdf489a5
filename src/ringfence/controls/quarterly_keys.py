"""Keys and secrets are rotated every 90 days.

The less one version of a key encrypts, the less is lost with it; and a leaked secret works until it is rotated.

Bad, terraform:

    resource "google_kms_crypto_key" "a" {
      name            = "a"
      key_ring        = google_kms_key_ring.a.id
      rotation_period = "15552000s"
    }

Good, terraform:

    resource "google_kms_crypto_key" "a" {
      name            = "a"
      key_ring        = google_kms_key_ring.a.id
      rotation_period = "7776000s"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.project import KeyPeriod


def faults(model: KeyPeriod) -> Iterator[Fault]:
    """Keys and secrets are rotated every 90 days."""
    if model.days > _DAYS:
        yield Fault(path="days", found=f"it is rotated only every {model.days} days", want=_DAYS)


_DAYS = 90


CONTROL = Control(
    id="quarterly-keys",
    title="Keys and secrets are rotated every 90 days",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("days",),
    references=(
        cis_gcp("1.10"),
        terraform("google/r/kms_crypto_key"),
        cwe(324),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("KeyPeriod",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
