"""What a service mounts: `volumes` in both syntaxes, and `tmpfs`."""

import re
from typing import NamedTuple

from ringfence.formats.compose.interpolation import OPEN
from ringfence.formats.compose.scalars import Reading
from ringfence.formats.yamlread import boolean, entries, get, items, text
from ringfence.formats.yamltree import Mapping, Node, resolved
from ringfence.model import Mount
from ringfence.models.service import Volume, VolumeKind

_PROPAGATIONS = frozenset({"shared", "rshared", "slave", "rslave", "private", "rprivate"})
_KINDS = {"volume": VolumeKind.NAMED, "tmpfs": VolumeKind.TMPFS}
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Mounted(NamedTuple):
    """One entry: where from, where to, and how. `kind` is Compose's own word."""

    kind: str
    source: str
    target: str
    writable: bool
    propagation: str


def read(reading: Reading) -> tuple[tuple[Mount, ...], tuple[Volume, ...], tuple[str, ...]]:
    """Paths of the host, other volumes, and the propagation modes that are set; with their places."""
    mounts, volumes, modes = list[Mount](), list[Volume](), list[str]()
    for item in items(reading.node("volumes", "mounts")):
        entry = _entry(reading, item)
        if entry is None:
            continue
        if entry.propagation:
            reading.at[f"propagations[{len(modes)}]"] = item
            modes.append(entry.propagation)
        source = _bound(reading, entry)
        if source is not None:
            path = f"mounts[{len(mounts)}]"
            _place(reading, path, item, f"{source}:{entry.target}")
            mounts.append(Mount(source=source, target=entry.target, writable=entry.writable, grant=None))
        else:
            path = f"volumes[{len(volumes)}]"
            _place(reading, path, item, f"{entry.source}:{entry.target}")
            volumes.append(_volume(entry))
    for said, item in reading.words(reading.node("tmpfs")):
        reading.at[f"volumes[{len(volumes)}]"] = item
        target = said.value.partition(":")[0]
        volumes.append(Volume(name="", kind=VolumeKind.TMPFS, type="tmpfs", target=target, writable=True))
    return tuple(mounts), tuple(volumes), tuple(modes)


def _place(reading: Reading, path: str, item: Node, said: str) -> None:
    reading.at[path] = item
    if OPEN in said:
        reading.unknown.add(path)


def _entry(reading: Reading, item: Node) -> Mounted | None:
    if isinstance(resolved(item), Mapping):
        return _long(reading, item)
    said = reading.text(item)
    return None if said is None else short(said.value)


def short(value: str) -> Mounted:
    """`[SOURCE:]TARGET[:MODE]`; a Windows drive's colon is none of these."""
    drive = _DRIVE.match(value)
    parts = value[2:].split(":") if drive else value.split(":")
    if drive:
        parts[0] = value[:2] + parts[0]
    if len(parts) == 1:
        return Mounted("volume", "", parts[0], True, "")
    modes = {mode for part in parts[2:] for mode in part.split(",")}
    kind = "bind" if is_path(parts[0]) else "volume"
    shared = next(iter(sorted(modes & _PROPAGATIONS)), "")
    return Mounted(kind, parts[0], parts[1], "ro" not in modes, shared)


def is_path(source: str) -> bool:
    """Whether a source is a path and not a volume's name. A variable that begins it could be either: a path."""
    return source.startswith(("/", ".", "~", OPEN)) or _DRIVE.match(source) is not None


def _long(reading: Reading, item: Node) -> Mounted:
    def said(*path: str) -> str:
        found = reading.text(get(item, *path))
        return found.value if found is not None else ""

    writable = boolean(get(item, "read_only")) is not True
    return Mounted(said("type") or "volume", said("source"), said("target"), writable, said("bind", "propagation"))


def _bound(reading: Reading, entry: Mounted) -> str | None:
    """The path of the host behind an entry; None where there is none. A named volume may be a bind in disguise."""
    if entry.kind in ("bind", "npipe"):
        return entry.source
    declared = reading.project.volumes.get(entry.source)
    options = entries(get(declared[1], "driver_opts")) if declared is not None else {}
    if "device" in options and "bind" in (text(get(declared[1], "driver_opts", "o")) or "" if declared else ""):
        said = reading.text(options["device"][1])
        return said.value if said is not None and said.value.startswith("/") else None
    return None


def _volume(entry: Mounted) -> Volume:
    kind = _KINDS.get(entry.kind, VolumeKind.OTHER)
    if kind is VolumeKind.NAMED and not entry.source:
        kind = VolumeKind.ANONYMOUS
    return Volume(name=entry.source, kind=kind, type=entry.kind, target=entry.target, writable=entry.writable)
