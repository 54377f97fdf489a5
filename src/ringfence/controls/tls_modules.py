"""Modules are fetched over encrypted connections.

Code that comes over plain HTTP or `git://` can be replaced on the way, and it runs with the caller's rights.

Bad, terraform:

    module "network" {
      source = "git::http://git.example.com/network.git?ref=5f1d7a84c2b3e6d9f0a1b2c3d4e5f60718293a4b"
    }

Good, terraform:

    module "network" {
      source = "git::https://git.example.com/network.git?ref=5f1d7a84c2b3e6d9f0a1b2c3d4e5f60718293a4b"
    }
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cwe, terraform_language
from ringfence.models.cloud.state import ModuleSource


def faults(model: ModuleSource) -> Iterator[Fault]:
    """A module must come over TLS or SSH."""
    if model.plain:
        yield Fault(path="plain", found="it is fetched without encryption", want=_QUESTION)


_QUESTION = Decision("at which HTTPS or SSH address is the module?")


CONTROL = Control(
    id="tls-modules",
    title="Modules are fetched over encrypted connections",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.TERRAFORM}),
    guards=("plain",),
    references=(
        terraform_language("language/modules/sources"),
        cwe(319),
        cwe(494),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("ModuleSource",),
    standards=frozenset({Standard.DEFAULT}),
)
