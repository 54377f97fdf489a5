"""SERVICE.toml: what a service is, or a stack of them, in a few lines and without a word about hardening.

    name = "shop"
    image = "registry.example.com/shop:1.4@sha256:…"
    command = ["serve", "--port", "8080"]
    ports = ["8443:8080"]                             # published on this machine : in the container
    data = { state = "/var/lib/shop" }                # volumes by name
    files = { "./shop.conf" = "/etc/shop.conf" }      # read-only
    scratch = ["/tmp"]                                # in memory, empty at every start
    environment = { LOG_LEVEL = "info" }
    secrets = ["database-password"]                   # files under /run/secrets
    health = ["/app", "check"]                        # succeeds only when it works
    needs = ["db"]                                    # services that it talks to
    user = "65532:65532"
    memory = "512m"
    cpus = "0.5"
    processes = 200
    listens = ["8080"]                                # ports for those that need it; Kubernetes only
    namespace = "shop"                                # Kubernetes only

Only `name`, `image` and `health` must be there. A stack has a table for each service, whose key is the name:

    namespace = "shop"

    [services.web]
    image = "…"
    health = ["…"]
    needs = ["app"]

    [services.app]
    …
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from ringfence import tomltext
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError
from ringfence.formats.reading import At, Reader, Wrong, expected, kind, listed, table, unknown

MAX_ITEMS = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class PortPair:
    """A port of the container and the one that it has on the machine."""

    published: int
    target: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A service as its author thinks of it; "" and empty where nothing was said."""

    name: str
    image: str
    command: tuple[str, ...] | None
    ports: tuple[PortPair, ...] | None
    data: dict[str, str] | None
    files: dict[str, str] | None
    scratch: tuple[str, ...] | None
    environment: dict[str, str] | None
    secrets: tuple[str, ...] | None
    health: tuple[str, ...]
    needs: tuple[str, ...] | None
    user: str | None
    memory: str | None
    cpus: str | None
    processes: int | None
    listens: tuple[PortPair, ...] | None
    namespace: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stack:
    """Services that belong together. `closed`: it is all there is, so nobody needs what does not stand in it."""

    services: tuple[Description, ...]
    closed: bool

    def users(self, name: str) -> tuple[str, ...]:
        """The services that need this one."""
        return tuple(one.name for one in self.services if name in (one.needs or ()))


def load(text: str, *, file: str) -> Stack:
    """Read a description. Raises ConfigError with file and line for what is no TOML, unknown, missing or wrong."""
    document = tomltext.load(text, file=file)
    try:
        if "services" in document.data:
            return _stack(document.data)
        one: Description = table(Description, _READERS, _OPTIONAL)(document.data, (), None)
        return Stack(services=(one,), closed=False)
    except Wrong as wrong:
        hint = "see `ringfence emit --help` for what a description says" if "missing" in str(wrong) else wrong.hint
        raise ConfigError(str(wrong), file=file, line=document.line_of(wrong.at), hint=hint) from None


def _stack(data: Mapping[str, Any]) -> Stack:
    for key in sorted(data.keys() - {"services", "namespace"}):
        raise unknown(key, {"services": _name, "namespace": _name}, ())
    namespace = _name(data["namespace"], ("namespace",), None) if "namespace" in data else None
    tables = data["services"]
    if not isinstance(tables, dict) or not 0 < len(tables) <= MAX_ITEMS:
        raise expected(f"a table of 1 to {MAX_ITEMS} services", tables, ("services",))
    readers = {key: reader for key, reader in _READERS.items() if key != "name"}
    found = list[Description]()
    for name, value in tables.items():
        at: At = ("services", name)
        said = {"namespace": namespace, **value} if isinstance(value, dict) and namespace else value
        make = partial(Description, name=_name(name, at, None))
        found.append(table(make, readers, _OPTIONAL)(said, at, None))
        for index, need in enumerate(found[-1].needs or ()):
            if need not in tables or need == name:
                raise expected("another service of this stack", need, (*at, "needs", index))
    return Stack(services=tuple(found), closed=True)


_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_PORT = re.compile(r"(?:([0-9]{1,5}):)?([0-9]{1,5})")


def _name(value: Any, at: At, base: Any) -> str:
    if not (isinstance(value, str) and _NAME.fullmatch(value)):
        raise expected("a name of lower-case letters, digits and hyphens", value, at)
    return value


def _line(value: Any, at: At, base: Any) -> str:
    if not (isinstance(value, str) and value and value.isprintable()):
        raise expected("a string of one line", value, at)
    return value


def _path(value: Any, at: At, base: Any) -> str:
    if not (isinstance(value, str) and value.startswith("/") and value.isprintable() and ":" not in value):
        raise expected("an absolute path without a colon", value, at)
    return value


def _port(value: Any, at: At, base: Any) -> PortPair:
    match = _PORT.fullmatch(str(value)) if type(value) in (int, str) else None
    numbers = (int(match[1] or match[2]), int(match[2])) if match else (0, 0)
    if not all(0 < number < 65536 for number in numbers):
        raise expected('a port ("8080") or a pair "published:target"', value, at)
    return PortPair(published=numbers[0], target=numbers[1])


def _mapping(read_key: Reader, read_value: Reader) -> Reader:
    def read(value: Any, at: At, base: Any) -> dict[str, str]:
        if not isinstance(value, dict) or len(value) > MAX_ITEMS:
            raise expected(f"a table of at most {MAX_ITEMS} entries", value, at)
        return {read_key(key, (*at, key), None): read_value(one, (*at, key), None) for key, one in value.items()}

    return read


_LINES = listed(_line, tuple)
_READERS: dict[str, Reader] = {
    "name": _name,
    "image": _line,
    "command": _LINES,
    "ports": listed(_port, tuple),
    "data": _mapping(_name, _path),
    "files": _mapping(_line, _path),
    "scratch": listed(_path, tuple),
    "environment": _mapping(_line, kind("a string", str)),
    "secrets": listed(_name, tuple),
    "health": _LINES,
    "needs": listed(_name, tuple),
    "user": _line,
    "memory": _line,
    "cpus": _line,
    "processes": kind("an integer", int),
    "listens": listed(_port, tuple),
    "namespace": _name,
}
_OPTIONAL = frozenset(_READERS) - {"name", "image", "health"}
