"""State is transferred over verified TLS only.

Over plain HTTP, or to a server whose certificate is not verified, every password in the state can be read on the way,
and a forged state makes the next run do what an attacker wants.

Bad, terraform:

    terraform {
      backend "http" {
        address = "http://state.example.com/shop"
      }
    }

Good, terraform:

    terraform {
      backend "http" {
        address = "https://state.example.com/shop"
      }
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import StateBackend


def faults(model: StateBackend) -> Iterator[Fault]:
    """The state must go over TLS, to a server that is checked."""
    if model.plain_http:
        found = "the state goes over plain HTTP"
        yield Fault(path="plain_http", found=found, want=Decision("at which HTTPS address can the state be kept?"))
    if model.unverified:
        yield Fault(path="unverified", found="the server's certificate is not checked", want=False)


CONTROL = Control(
    id="tls-state",
    title="State is transferred over verified TLS only",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=(
        "plain_http",
        "unverified",
    ),
    references=(
        terraform_language("language/backend/http"),
        terraform_language("language/state/sensitive-data"),
        cwe(319),
        cwe(295),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("StateBackend",),
    standards=frozenset({Standard.DEFAULT}),
)
