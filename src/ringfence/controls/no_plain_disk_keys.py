"""No disk key is written in a file.

Anybody who can read the file or the state can read the disk and every copy of it.

Bad, terraform:

    resource "google_compute_disk" "a" {
      name = "a"
      zone = "europe-west3-a"

      disk_encryption_key {
        raw_key = "c29tZSBrZXkgb2YgMzIgYnl0ZXMgbG9uZyEhISEhISE="
      }
    }

Good, terraform:

    resource "google_compute_disk" "a" {
      name = "a"
      zone = "europe-west3-a"

      disk_encryption_key {
        kms_key_self_link = google_kms_crypto_key.a.id
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform
from ringfence.models.cloud.care import MachineCare


def faults(model: MachineCare) -> Iterator[Fault]:
    """No disk key is written in a file."""
    if model.plain_key:
        yield Fault(path="plain_key", found="the key itself is written here", want=_QUESTION)


_QUESTION = Decision("use a key from the key management service instead")


CONTROL = Control(
    id="no-plain-disk-keys",
    title="No disk key is written in a file",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain_key",),
    references=(
        terraform("google/r/compute_disk"),
        cwe(798),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("MachineCare",),
    standards=frozenset({Standard.DEFAULT}),
)
