"""Only granted destinations can be reached.

Code that can connect anywhere can send away what it reads, fetch the next stage of an attack, and query the services
that trust the machine it runs on. So either nothing is reachable, or only the listed destinations: one host and one
port each. A wildcard is no destination; nor is 0.0.0.0, which means this machine, nor a number such as 127.1, which
some resolvers read as an address. "Granted" with nothing listed is too vague to obey, and becomes "none".

Bad:

    [network]
    reach = "any"

Bad:

    [network]
    reach = "granted"
    destinations = ["api.example.com:443", "*.example.com:443"]

Good:

    [network]
    reach = "granted"
    destinations = ["api.example.com:443", "[2001:db8::7]:5432"]
"""

import ipaddress
import re
from collections.abc import Iterator

from ringfence.controls.control import REMOVE, Control, Fault, Scope, Severity
from ringfence.controls.references import cwe, nsa, owasp
from ringfence.model import Destination, Reach, Workload

# A last label that begins with a digit could be an old spelling of an address (127.1, 0x7f000001).
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?")


def faults(workload: Workload) -> Iterator[Fault]:
    """Nothing, or exact destinations."""
    network = workload.network
    if network.reach is Reach.ANY:
        yield Fault(path="network.reach", found="anything can be reached", want=Reach.NONE)
    elif network.reach is Reach.GRANTED and not network.destinations:
        yield Fault(path="network.reach", found="granted, but no destination is listed", want=Reach.NONE)
    elif network.reach is Reach.GRANTED:
        for index, destination in enumerate(network.destinations):
            if not (_is_exact(destination.host) and 1 <= destination.port <= 65535):
                yield Fault(path=f"network.destinations[{index}]", found=_text(destination), want=REMOVE)


def _is_exact(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None
    mapped = isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address.scope_id)
    return not (mapped or address.is_unspecified or address.is_multicast)


def _text(destination: Destination) -> str:
    return f"{destination.host!r} port {destination.port} is not one exact destination"


CONTROL = Control(
    id="granted-network-only",
    title="Only granted destinations can be reached",
    severity=Severity.CRITICAL,
    since=1,
    scopes=frozenset({Scope.PLUGIN}),
    guards=("network.reach", "network.destinations"),
    references=(
        nsa("Network policies"),
        owasp("rule 5"),
        cwe(668),
        cwe(918),
    ),
    unsafe_fix=True,
    faults=faults,
)
