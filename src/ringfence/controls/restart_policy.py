"""It restarts after a failure.

Without a restart policy, a crash, an out-of-memory kill or a reboot of the machine ends the service until somebody
notices. A job that runs once and exits (such as a migration) says `restart: "no"` and has a waiver.

Bad, compose:

    services:
      web:
        image: example/web:1.4

Good, compose:

    services:
      web:
        image: example/web:1.4
        restart: unless-stopped
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import compose, cwe
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """A policy other than "no" must be set."""
    if service.restart in {"", "no", "none"}:
        yield Fault(path="restart", found="it stays down after a failure", want="unless-stopped")


CONTROL = Control(
    id="restart-policy",
    title="It restarts after a failure",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("restart",),
    references=(
        compose("05-services.md#restart"),
        cwe(730),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT}),
)
