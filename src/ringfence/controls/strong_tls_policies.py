"""Policies of TLS leave out what is old or weak.

Old versions and weak ciphers can be forced on both sides by who stands between them, and then read.

Bad, terraform:

    resource "google_compute_ssl_policy" "a" {
      name            = "a"
      profile         = "COMPATIBLE"
      min_tls_version = "TLS_1_0"
    }

Good, terraform:

    resource "google_compute_ssl_policy" "a" {
      name            = "a"
      profile         = "MODERN"
      min_tls_version = "TLS_1_2"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.controls.tls import is_old_tls
from ringfence.models.cloud.guarding import TlsPolicy


def faults(model: TlsPolicy) -> Iterator[Fault]:
    """Policies of TLS leave out what is old or weak."""
    if is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=f"TLS {model.min_tls} is taken", want="1.2")
    if model.weak_ciphers:
        yield Fault(path="weak_ciphers", found="weak ciphers are taken", want=_QUESTION)


_QUESTION = Decision("can all clients do with MODERN or RESTRICTED?")


CONTROL = Control(
    id="strong-tls-policies",
    title="Policies of TLS leave out what is old or weak",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "min_tls",
        "weak_ciphers",
    ),
    references=(
        cis_gcp("3.9"),
        terraform("google/r/compute_ssl_policy"),
        cwe(326),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("TlsPolicy",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS_GCP}),
)
