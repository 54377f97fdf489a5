"""Published ports, in Compose's short syntax."""

import re

from ringfence.formats.compose.interpolation import CLOSE, OPEN, marked_names
from ringfence.models.service import Port

_MARK = f"{OPEN}[^{CLOSE}]*{CLOSE}"
_NUMBER = re.compile(rf"(?:[0-9]{{1,5}}|{_MARK})+(?:-(?:[0-9]{{1,5}}|{_MARK})+)?")
_PROTOCOL = re.compile(rf"[A-Za-z]+|{_MARK}")
_HOST = re.compile(rf"[A-Za-z0-9.:%_-]*|(?:[A-Za-z0-9.:]|{_MARK})*")
_ADDRESS_NAME = re.compile(r"BIND|HOST|ADDR|IP|LISTEN|IFACE|INTERFACE|LOCAL|PREFIX", re.IGNORECASE)


def short(text: str) -> Port | None:
    """A port of the short syntax, `[host:][published:]target[/protocol]`; None where it is none.

    What is not known is marked in the parts (see interpolation.py). The engine reads from the right: the last part is
    the container's port, the one before it the published one, and all that is left the host.
    """
    body, _, protocol = text.partition("/")
    host, published, target = parts(body)
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not (_NUMBER.fullmatch(target) and _HOST.fullmatch(host) and (not published or _NUMBER.fullmatch(published))):
        return None
    if protocol and not _PROTOCOL.fullmatch(protocol):
        return None
    return Port(host=host, published=published, target=target, protocol=protocol.lower() or "tcp")


def is_host_known(host: str, text: str) -> bool:
    """Whether the file says which address a port is bound to.

    `${PORT}:80` binds every interface, unless the variable smuggles an address in: its name would say so.
    """
    if OPEN in host:
        return False
    return host != "" or not any(_ADDRESS_NAME.search(name) for name in marked_names(text))


def with_host(text: str, host: str) -> str:
    """A short port as written (variables and all), bound to another host."""
    _, published, target = parts(text)
    return f"[{host}]:{published}:{target}" if ":" in host else f"{host}:{published}:{target}"


def parts(text: str) -> tuple[str, str, str]:
    """Host, published port and the rest, "" for what is not there; braces and brackets are not cut."""
    pieces, depth, last = list[str](), 0, 0
    for at, character in enumerate(text):
        if character in "{[":
            depth += 1
        elif character in "}]":
            depth -= 1
        elif character == ":" and depth == 0:
            pieces.append(text[last:at])
            last = at + 1
    pieces.append(text[last:])
    return ":".join(pieces[:-2]), pieces[-2] if len(pieces) > 1 else "", pieces[-1]
