"""Logs are bounded.

Docker's default driver keeps everything that a container ever printed in one file, without limit. A noisy or attacked
service fills the host's disk, and then everything on it stops.

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        logging:
          driver: json-file
          options: {max-size: 10m, max-file: "3"}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity
from ringfence.controls.references import cis, compose, cwe, owasp
from ringfence.models.service import Service

_SIZE = 10 * 1024**2


def faults(service: Service) -> Iterator[Fault]:
    """The driver must bound by itself, or a size must be set."""
    logging = service.logging
    if not logging.bounded and not logging.max_bytes:
        found = f"the {logging.driver} log grows without bound"
        yield Fault(path="logging.max_bytes", found=found, want=_SIZE, assumes="log-size")


CONTROL = Control(
    id="bounded-logs",
    title="Logs are bounded",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("logging.max_bytes",),
    references=(
        cis("2.12"),
        compose("05-services.md#logging"),
        owasp("rule 10"),
        cwe(400),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Service",),
)
