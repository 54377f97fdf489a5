"""Published ports are bound to loopback.

`"3001:3000"` publishes a port on every interface of the machine, and the engine's own firewall rules come before the
host's, so ufw does not help. That is how databases and dashboards end up on the internet. Bound to 127.0.0.1, the
port serves this machine only, and a reverse proxy decides what the world sees. A port that must be public says so
with a waiver and its reason.

Bad, compose:

    services:
      web:
        image: example/web:1.4
        ports:
          - "127.0.0.1:8443:8443"
          - "3001:3000"

Bad, compose:

    services:
      web:
        image: example/web:1.4
        ports:
          - target: 3000
            published: "3001"

Good, compose:

    services:
      web:
        image: example/web:1.4
        ports:
          - "127.0.0.1:3001:3000"
          - "[::1]:3001:3000"
"""

from collections.abc import Iterator

from ringfence.controls.control import Control, Fault, Scope, Severity, Standard
from ringfence.controls.references import cis, compose, cwe, owasp
from ringfence.models.service import Service

_EVERY = frozenset({"", "0.0.0.0", "::", "*"})  # noqa: S104 - what is looked for


def faults(service: Service) -> Iterator[Fault]:
    """Every port must be bound to a loopback address. An address of one interface weighs less than all of them."""
    for index, port in enumerate(service.ports):
        if _is_loopback(port.host):
            continue
        number = f"port {port.published or port.target}"
        if port.host in _EVERY:
            yield Fault(path=f"ports[{index}].host", found=f"{number} is open on every interface", want="127.0.0.1")
        else:
            found = f"{number} is open on {port.host}"
            yield Fault(path=f"ports[{index}].host", found=found, want="127.0.0.1", severity=Severity.MEDIUM)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host in {"::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"}


CONTROL = Control(
    id="published-ports",
    title="Published ports are bound to loopback",
    severity=Severity.HIGH,
    since=1,
    scopes=frozenset({Scope.COMPOSE}),
    guards=("ports",),
    references=(
        cis("5.14"),
        compose("05-services.md#ports"),
        owasp("rule 5a"),
        cwe(668),
        cwe(1327),
    ),
    unsafe_fix=False,
    faults=faults,
    models=("Service",),
    standards=frozenset({Standard.DEFAULT, Standard.CIS}),
)
