"""It does not join the default bridge network.

On `docker0`, every container of the machine can reach every other one, whatever project it belongs to. A network of
its own keeps a project's services to themselves.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        network_mode: bridge

Good, compose:

    services:
      web:
        image: example/web:1.4
        networks: [front]
    networks:
      front: {}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, compose, cwe
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """The network mode must not be `bridge`."""
    if service.network_mode == "bridge":
        yield Fault(path="network_mode", found="every container of the machine reaches it", want="")


CONTROL = Control(
    id="no-default-bridge",
    title="It does not join the default bridge network",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("network_mode",),
    references=(
        cis("5.30"),
        compose("05-services.md#network_mode"),
        cwe(653),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
