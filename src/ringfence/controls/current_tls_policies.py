"""TLS policies exclude old versions.

An attacker between client and server can force both to use an old version, and then read along.

Bad, terraform:

    resource "google_compute_ssl_policy" "a" {
      name            = "a"
      min_tls_version = "TLS_1_0"
    }

Good, terraform:

    resource "google_compute_ssl_policy" "a" {
      name            = "a"
      min_tls_version = "TLS_1_2"
    }
"""

from collections.abc import Iterator

from ringfence.controls.cloud.tls import is_old_tls
from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gcp, cwe, terraform
from ringfence.models.cloud.guarding import TlsPolicy


def faults(model: TlsPolicy) -> Iterator[Fault]:
    """TLS policies exclude old versions."""
    if is_old_tls(model.min_tls):
        yield Fault(path="min_tls", found=f"TLS {model.min_tls} is accepted", want="1.2")


CONTROL = Control(
    id="current-tls-policies",
    title="TLS policies exclude old versions",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("min_tls",),
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
