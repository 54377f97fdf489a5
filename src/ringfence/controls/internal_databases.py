"""Databases are on internal networks only.

A data store is queried by its application and by nobody else. On a network with `internal: true`, only the services
that join the network can reach it, and it cannot send data out.

Bad, compose:

    services:
      db:
        image: postgres:16.4
        networks: [back, front]
    networks:
      back: {internal: true}
      front: {}

Good, compose:

    services:
      db:
        image: postgres:16.4
        networks: [back]
    networks:
      back: {internal: true}
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Decision, Fault, Scope, Severity
from ringfence.controls.references import cis, compose, cwe, owasp
from ringfence.models.service import Service


def faults(service: Service) -> Iterator[Fault]:
    """Every network that a data store joins must be internal."""
    if not service.is_database:
        return
    for index, network in enumerate(service.attachments):
        if not network.internal:
            found = f"the network {network.name} leads outside"
            yield Fault(path=f"attachments[{index}].internal", found=found, want=_QUESTION)


_QUESTION = Decision("which services need the database? put them and it on a network with `internal: true`")


CONTROL = Control(
    id="internal-databases",
    title="Databases are on internal networks only",
    severity=Severity.LOW,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("attachments",),
    references=(
        compose("06-networks.md#internal"),
        cis("5.30"),
        owasp("rule 5"),
        cwe(668),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Service",),
)
