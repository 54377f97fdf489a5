"""Policies of TLS leave out weak ciphers.

Without forward secrecy, who gets the key later reads what was recorded before.

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
    """Policies of TLS leave out weak ciphers."""
    if model.weak_ciphers:
        yield Fault(path="weak_ciphers", found="weak ciphers are taken", want=_QUESTION)


_QUESTION = Decision("can all clients do with MODERN or RESTRICTED?")


CONTROL = Control(
    id="strong-tls-policies",
    title="Policies of TLS leave out weak ciphers",
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
