"""No port below 1024 is published.

Users expect the machine's own services on low ports, which only root may offer. A container that answers there passes
for one of them. The CIS Docker Benchmark asks for a reason where one is published.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        ports:
          - "127.0.0.1:8080:8080"
          - "127.0.0.1:80:8080"

Good, compose:

    services:
      web:
        image: example/web:1.4
        ports:
          - "127.0.0.1:8080:80"
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, compose, cwe
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """The first port of each published range must be 1024 or higher; one that the engine chooses is."""
    for index, port in enumerate(service.ports):
        first = port.published.partition("-")[0]
        if first.isdecimal() and 0 < int(first) < 1024:
            yield Fault(path=f"ports[{index}]", found=f"publishes port {first}", want=_QUESTION)


_QUESTION = Decision("does it need a low port, or could the reverse proxy have that instead?")


CONTROL = Control(
    id="no-privileged-ports",
    title="No port below 1024 is published",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("ports",),
    references=(
        cis("5.8"),
        compose("05-services.md#ports"),
        cwe(250),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.CIS}),
)
