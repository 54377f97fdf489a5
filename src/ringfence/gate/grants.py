"""What an operator allows: one grant for a plugin, as it stands in ringfence.toml.

    [grants.text-report]
    path = "plugins/text-report"        # relative to this file
    version = "1.0.0"
    digest = "sha256:…"                 # of all the plugin's files
    methods = ["build", "verify"]
    network = ["api.example.com:443"]
    memory = "256MiB"
    cell = "container"                  # else bubblewrap, or what the command line names
    [grants.text-report.read]
    documents = "/srv/documents"
    [grants.text-report.secrets]
    signing_key = "env:SIGNING_KEY"

What is not here does not exist for a call. Nothing here touches a disk.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.plugins.fields import Fields
from ringfence.plugins.names import is_permission, is_plugin
from ringfence.plugins.permissions import parse_destination, parse_size

_METHOD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_SOURCE = re.compile(r"(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|command:.+)")
#: The kinds of cell that a grant may name: those that isolate.
CELLS = ("bubblewrap", "prefork", "container")


@dataclass(frozen=True, kw_only=True, slots=True)
class Resources:
    """Granted limits in the units of `ringfence.model.Limits`; None is: the policy's default."""

    memory_bytes: int | None = None
    cpu_seconds: int | None = None
    cpu_millis: int | None = None
    processes: int | None = None
    output_bytes: int | None = None
    scratch_bytes: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """One plugin's grant. `read` and `write` map permission names to absolute paths of the host."""

    plugin: str
    path: Path
    version: str
    digest: str
    methods: tuple[str, ...]
    read: Mapping[str, str]
    write: Mapping[str, str]
    secrets: Mapping[str, str]
    network: tuple[tuple[str, int], ...]
    resources: Resources
    cell: str | None = None


def read_grants(fields: Fields, base: Path) -> dict[str, Grant]:
    """The `[grants]` table; what is wrong with it is in `fields.report`. `base` is the file's folder."""
    grants = {}
    for name in fields.names():
        if not is_plugin(name):
            fields.error(name, f"{name[:60]!r} is not a plugin's name")
        elif (table := fields.table(name)) is not None:
            grants[name] = _grant(table, name, base)
    return grants


def _grant(table: Fields, name: str, base: Path) -> Grant:
    path = table.text("path", longest=4096, required=True)
    grant = Grant(
        plugin=name,
        path=base / path,
        version=table.text("version", longest=100, required=True),
        digest=table.word("digest", _DIGEST, "'sha256:' and 64 hexadecimal digits"),
        methods=_methods(table),
        read=_paths(table, "read", base),
        write=_paths(table, "write", base),
        secrets=_secrets(table),
        network=_network(table),
        resources=_resources(table),
        cell=_cell(table),
    )
    table.close()
    return grant


def _strings(table: Fields, key: str, *, required: bool = False) -> list[str]:
    value = table.value(key)
    if value is None:
        if required:
            table.error(key, f"{key} is missing")
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        table.error(key, f"{key} must be a list of strings")
        return []
    return value


def _methods(table: Fields) -> tuple[str, ...]:
    methods = _strings(table, "methods", required=True)
    for method in methods:
        if not _METHOD.fullmatch(method):
            table.error("methods", f"{method[:60]!r} is not a method's name")
    return tuple(methods)


def _paths(table: Fields, key: str, base: Path) -> dict[str, str]:
    named = table.table(key)
    paths: dict[str, str] = {}
    if named is None:
        return paths
    for name in named.names():
        path = named.text(name, longest=4096, required=True)
        if not is_permission(name):
            named.error(name, f"{name[:60]!r} is not a permission's name")
        elif path:
            paths[name] = str(base / path)
    return paths


def _secrets(table: Fields) -> dict[str, str]:
    named = table.table("secrets")
    sources: dict[str, str] = {}
    if named is None:
        return sources
    for name in named.names():
        source = named.text(name, longest=4096, required=True)
        if not is_permission(name):
            named.error(name, f"{name[:60]!r} is not a permission's name")
        elif source and not _SOURCE.fullmatch(source):
            # The value is not shown: somebody may have put the secret itself here.
            named.error(name, f"secret {name!r} has no source", hint="use env:NAME, file:PATH or command:PROGRAM ARGS")
        else:
            sources[name] = source
    return sources


def _network(table: Fields) -> tuple[tuple[str, int], ...]:
    found = []
    for text in _strings(table, "network"):
        destination = parse_destination(text)
        if destination is None:
            table.error("network", f"{text[:80]!r} is not one host and port", hint="write host:port, no wildcards")
        else:
            found.append(destination)
    return tuple(sorted(set(found)))


def _cell(table: Fields) -> str | None:
    cell = table.text("cell", longest=40)
    if cell and cell not in CELLS:
        table.error("cell", f"there is no cell {cell!r} for a grant", hint=f"choose from {', '.join(CELLS)}")
    return cell or None


def _resources(table: Fields) -> Resources:
    return Resources(
        memory_bytes=_size(table, "memory"),
        cpu_seconds=table.number("cpu_seconds", low=1, high=86_400, unit="seconds"),
        cpu_millis=table.number("cpu_millis", low=50, high=64_000, unit="thousandths of a core"),
        processes=table.number("processes", low=1, high=4096, unit="processes"),
        output_bytes=_size(table, "output"),
        scratch_bytes=_size(table, "scratch"),
    )


def _size(table: Fields, key: str) -> int | None:
    value = table.value(key)
    if value is None:
        return None
    size = value if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(value, str):
        size = parse_size(value)
    if size is None or size <= 0:
        table.error(key, f"{key} must be a size such as '256MiB'")
        return None
    return size
