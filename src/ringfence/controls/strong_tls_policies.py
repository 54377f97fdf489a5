"""TLS policies exclude weak ciphers.

Without forward secrecy, somebody who obtains the key later can decrypt what was recorded earlier.

Bad, terraform:

    resource "google_compute_ssl_policy" "a" {
      name    = "a"
      profile = "COMPATIBLE"
    }

Good, terraform:

    resource "google_compute_ssl_policy" "a" {
      name    = "a"
      profile = "MODERN"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.guarding import TlsPolicy


def faults(model: TlsPolicy) -> Iterator[Fault]:
    """TLS policies exclude weak ciphers."""
    if model.weak_ciphers:
        yield Fault(path="weak_ciphers", found="weak ciphers are accepted", want=_QUESTION)


_QUESTION = Decision("do all clients support MODERN or RESTRICTED?")


CONTROL = Control(
    id="strong-tls-policies",
    title="TLS policies exclude weak ciphers",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("weak_ciphers",),
    references=(
        cis_gcp("3.9"),
        terraform("google/r/compute_ssl_policy"),
        cwe(327),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("TlsPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
