"""Keys are protected from destruction.

Everything that a key encrypts is lost with it, for ever.

Bad, terraform:

    resource "google_kms_crypto_key" "a" {
      name            = "a"
      key_ring        = google_kms_key_ring.a.id
      rotation_period = "7776000s"
    }

Good, terraform:

    resource "google_kms_crypto_key" "a" {
      name            = "a"
      key_ring        = google_kms_key_ring.a.id
      rotation_period = "7776000s"

      lifecycle {
        prevent_destroy = true
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.keys import Key


def faults(model: Key) -> Iterator[Fault]:
    """Keys are protected from destruction."""
    if model.kept is False:
        yield Fault(path="kept", found="a single apply can destroy it", want=_QUESTION)


_QUESTION = Decision("must it survive a mistake? then add prevent_destroy to its lifecycle")


CONTROL = Control(
    id="kept-keys",
    title="Keys are protected from destruction",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("kept",),
    references=(
        terraform("google/r/kms_crypto_key"),
        cwe(693),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Key",),
    standards=frozenset({Standard.DEFAULT}),
)
