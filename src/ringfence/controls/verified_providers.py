"""Providers verify the server's certificate.

A provider that does not verify its server's certificate gives its credentials to anybody in between.

Bad, terraform:

    provider "kubernetes" {
      host     = "https://cluster.example.com"
      insecure = true
    }

Good, terraform:

    provider "kubernetes" {
      host     = "https://cluster.example.com"
      insecure = false
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import ProviderConfig


def faults(model: ProviderConfig) -> Iterator[Fault]:
    """Certificates must be checked."""
    if model.unverified:
        yield Fault(path="unverified", found="the server's certificate is not checked", want=False)


CONTROL = Control(
    id="verified-providers",
    title="Providers verify the server's certificate",
    severity=Severity.MEDIUM,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("unverified",),
    references=(
        terraform_language("language/providers/configuration"),
        cwe(295),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ProviderConfig",),
    standards=frozenset({Standard.DEFAULT}),
)
