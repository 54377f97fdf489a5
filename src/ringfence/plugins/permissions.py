"""What a plugin asks for: the `[permissions]` table of its manifest.

Asking gives nothing; an operator grants. Values here are only checked for form: no name is resolved and no
path is looked at.
"""

import re
from collections.abc import Mapping

from ringfence.dataclasses import dataclass, field
from ringfence.plugins.fields import Fields
from ringfence.plugins.names import is_permission

KIB = 1024
_SIZE = re.compile(r"([1-9][0-9]{0,14}) ?(B|KiB|MiB|GiB|TiB)?")
_UNITS = {None: 1, "B": 1, "KiB": KIB, "MiB": KIB**2, "GiB": KIB**3, "TiB": KIB**4}
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
MAX_NAMES = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Permissions:
    """What is asked for. `read`, `write` and `secrets` map a name to its description; None: not asked."""

    network: tuple[tuple[str, int], ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)
    write: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    memory_bytes: int | None = None
    cpu_seconds: int | None = None
    processes: int | None = None
    output_bytes: int | None = None


def read_permissions(fields: Fields) -> Permissions:
    """The table as data; what is wrong with it is in `fields.report`."""
    read, write = _names(fields, "read"), _names(fields, "write")
    for name in read.keys() & write.keys():
        fields.report.error(
            (*fields.path, "write", name),
            f"{name!r} is asked for reading and for writing",
            hint="writing includes reading: keep it under permissions.write only",
        )
    permissions = Permissions(
        network=_network(fields),
        read=read,
        write=write,
        secrets=_names(fields, "secrets"),
        memory_bytes=_size(fields, "memory", low=16 * KIB**2, high=KIB**4),
        cpu_seconds=fields.number("cpu_seconds", low=1, high=86_400, unit="seconds"),
        processes=fields.number("processes", low=1, high=4096, unit="processes"),
        output_bytes=_size(fields, "output", low=1, high=KIB**3),
    )
    fields.close()
    return permissions


def parse_size(text: str) -> int | None:
    """Bytes of `256MiB`, `1 GiB`, `4096`; None where the text is no size. Binary units only."""
    match = _SIZE.fullmatch(text)
    return int(match[1]) * _UNITS[match[2]] if match else None


def parse_destination(text: str) -> tuple[str, int] | None:
    """(host, port) of `api.example.com:443`, `192.0.2.1:80`, `[2001:db8::1]:443`; None where it is none.

    Hosts are lower case, address literals in their canonical form; there are no wildcards.
    """
    host, _, port = text.rpartition(":")
    if not _PORT.fullmatch(port) or int(port) > 65535:
        return None
    if host.startswith("[") and host.endswith("]"):
        return (host[1:-1], int(port)) if _is_address(host[1:-1], 6) else None
    if not _HOST.fullmatch(host):
        return None
    last = host.rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):  # the resolver would take it for an address
        return (host, int(port)) if _is_address(host, 4) else None
    return host, int(port)


def _is_address(text: str, version: int) -> bool:
    import ipaddress  # only plugins that name an address pay for it

    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.version == version and str(address) == text and "%" not in text


def _names(fields: Fields, key: str) -> dict[str, str]:
    table = fields.table(key)
    if table is None:
        return {}
    names: dict[str, str] = {}
    for name in table.names():
        if not is_permission(name):
            table.error(name, f"{name[:60]!r} is no name: a lower-case letter, then letters, digits, '-' and '_'")
        elif len(names) == MAX_NAMES:
            table.error(name, f"more than {MAX_NAMES} names are asked for")
            break
        else:
            names[name] = table.text(name, longest=500)
    return names


def _network(fields: Fields) -> tuple[tuple[str, int], ...]:
    value = fields.value("network")
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_NAMES:
        fields.error("network", f'permissions.network must be a list of at most {MAX_NAMES} "host:port"')
        return ()
    found: list[tuple[str, int]] = []
    for index, item in enumerate(value):
        destination = parse_destination(item) if isinstance(item, str) else None
        if destination is None:
            fields.report.error(
                (*fields.path, "network", index),
                f"permissions.network must list destinations, and {str(item)[:60]!r} is none",
                hint='write "host:port", the host in lower case and without wildcards',
            )
        elif destination in found:
            fields.report.error((*fields.path, "network", index), f"{str(item)[:60]!r} is listed twice")
        else:
            found.append(destination)
    return tuple(found)


def _size(fields: Fields, key: str, *, low: int, high: int) -> int | None:
    value = fields.value(key)
    if value is None:
        return None
    size = value if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(value, str):
        size = parse_size(value)
    if size is None:
        fields.error(key, f"permissions.{key} must be a size", hint='write "256MiB", "1GiB", or bytes')
    elif not low <= size <= high:
        fields.error(key, f"permissions.{key} must be from {low} to {high} bytes, not {size}")
        return None
    return size
