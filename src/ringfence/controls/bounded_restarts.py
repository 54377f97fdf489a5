"""Restarts after a failure are bounded.

A service that crashes at once and is restarted for ever takes processor time, fills logs, and hides that somebody is
making it crash. The CIS Docker Benchmark wants at most five attempts, and only after a failure. (The default profile
does not ask for it: such a service stays down after the machine reboots.)

Bad, compose:

    services:
      web:
        image: example/web:1.4
        restart: always

Good, compose:

    services:
      web:
        image: example/web:1.4
        restart: on-failure:5
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, compose, cwe
from ringfence.models.service import Service

_ATTEMPTS = 5
_NEVER = frozenset({"", "no", "none"})


def faults(service: Service) -> Iterator[Fault]:
    """The policy must be `on-failure`, with a number of attempts."""
    policy, _, attempts = service.restart.partition(":")
    if policy in _NEVER:
        found = "it stays down after a failure"
    elif policy != "on-failure":
        found = f"it is restarted without limit ({policy})"
    elif not attempts.isdecimal() or int(attempts) == 0:
        found = "it is restarted without limit"
    elif int(attempts) > _ATTEMPTS:
        found = f"it is restarted {attempts} times"
    else:
        return
    yield Fault(path="restart", found=found, want=f"on-failure:{_ATTEMPTS}")


CONTROL = Control(
    id="bounded-restarts",
    title="Restarts after a failure are bounded",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("restart",),
    references=(
        cis("5.15"),
        compose("05-services.md#restart"),
        cwe(400),
    ),
    unsafe_fix=True,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.CIS}),
)
