"""Clusters know who logs in by the cloud's identities.

Passwords and certificates of a cluster's own are shared, copied and never taken back. The cloud's identities have
people, second factors and a record behind them.

Bad, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      enable_legacy_abac = true
    }

Good, terraform:

    resource "google_container_cluster" "main" {
      name     = "main"
      location = "europe-west3"
      enable_legacy_abac = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis_gke, cwe
from ringfence.models.cloud.containers import KubernetesCluster


def faults(model: KubernetesCluster) -> Iterator[Fault]:
    """Clusters know who logs in by the cloud's identities."""
    if model.legacy_authorization:
        yield Fault(path="legacy_authorization", found="rights are given by the older rules too", want=False)
    if model.basic_auth:
        yield Fault(path="basic_auth", found="a name and a password open it", want=_QUESTION)
    if model.client_certificates:
        yield Fault(path="client_certificates", found="certificates that cannot be taken back open it", want=False)
    if model.local_accounts:
        yield Fault(
            path="local_accounts", found="accounts that no directory knows open it", want=False, severity=Severity.LOW
        )


_QUESTION = Decision("let people log in by the cloud's identities")


CONTROL = Control(
    id="no-legacy-cluster-login",
    title="Clusters know who logs in by the cloud's identities",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "basic_auth",
        "client_certificates",
        "legacy_authorization",
        "local_accounts",
    ),
    references=(
        cis_gke("5.8.1"),
        cwe(287),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("KubernetesCluster",),
    standards=frozenset({Standard.DEFAULT}),
)
