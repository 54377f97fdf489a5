"""Published ports, in Compose's short syntax."""

import re

from ringfence.formats.compose.braces import split
from ringfence.formats.compose.interpolation import CLOSE, OPEN, is_mark, marked_names
from ringfence.models.service import Port

MAX_CHARS = 400

_MARK = f"{OPEN}[^{CLOSE}]*{CLOSE}"
_NUMBER = re.compile(rf"(?:[0-9]|{_MARK})+(?:-(?:[0-9]|{_MARK})+)?")
_PROTOCOL = re.compile(rf"tcp|udp|sctp|{_MARK}", re.IGNORECASE)
_HOST = re.compile(rf"(?:[A-Za-z0-9.:%_*-]|{_MARK})*")
_ADDRESS_WORDS = frozenset("bind host hostname addr address ip ipv4 ipv6 listen iface interface prefix".split())


def short(text: str) -> Port | None:
    """A port of the short syntax, `[[host:][published]:]target[/protocol]`; None where it is none.

    What is not known is marked in the parts (see interpolation.py). The engine reads from the right: the last part is
    the container's port, the one before it the published one, and all that is left the host.
    """
    if len(text) > MAX_CHARS:
        return None
    body, slash, protocol = text.partition("/")
    host, published, target = parts(body)
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    if not (_NUMBER.fullmatch(target) and _HOST.fullmatch(host) and (not published or _NUMBER.fullmatch(published))):
        return None
    if slash and not _PROTOCOL.fullmatch(protocol):
        return None
    return Port(host=host, published=published, target=target, protocol=protocol.lower() or "tcp")


def is_host_known(port: Port, text: str) -> bool:
    """Whether the file says which address a port is bound to.

    `${PORT}:80` binds every interface, unless the variable smuggles an address in: its name would say so. A port that
    is nothing but a variable may be anything.
    """
    if OPEN in port.host or is_mark(text):
        return False
    return port.host != "" or not any(_may_be_address(name) for name in marked_names(text))


def with_host(text: str, host: str) -> str:
    """A short port as written (variables and all), bound to another host."""
    _, published, target = parts(text)
    if not host:
        return f"{published}:{target}" if published else target
    return f"[{host}]:{published}:{target}" if ":" in host else f"{host}:{published}:{target}"


def parts(text: str) -> tuple[str, str, str]:
    """Host, published port and the rest, "" for what is not there; braces and brackets are not cut."""
    *front, last = split(text, ":")
    return ":".join(front[:-1]), front[-1] if front else "", last


def _may_be_address(name: str) -> bool:
    words = set(name.lower().split("_"))
    return "port" not in words and "ports" not in words and not words.isdisjoint(_ADDRESS_WORDS)
