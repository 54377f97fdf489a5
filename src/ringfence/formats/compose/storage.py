"""What a service mounts: `volumes` in both syntaxes, `tmpfs`, secrets and configs."""

import re
from typing import NamedTuple

from ringfence.formats.compose.interpolation import OPEN, shown
from ringfence.formats.compose.merging import Fields
from ringfence.formats.compose.scalars import Reading, Where
from ringfence.formats.yamlread import items
from ringfence.formats.yamltree import Mapping, Node, resolved
from ringfence.model import Mount
from ringfence.models.service import Volume, VolumeKind

PROPAGATIONS = frozenset({"shared", "rshared", "slave", "rslave", "private", "rprivate"})
ENGINE_SOCKET = "/var/run/docker.sock"

_KINDS = {"volume": VolumeKind.NAMED, "tmpfs": VolumeKind.TMPFS}
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_PLACES = {"secrets": ("/run/secrets/", VolumeKind.SECRET), "configs": ("/", VolumeKind.CONFIG)}


class Mounted(NamedTuple):
    """One entry: where from, where to, and how. `kind` is Compose's own word, `writable` None where it is not known."""

    kind: str
    source: str
    target: str
    writable: bool | None
    propagation: str


class Stored(NamedTuple):
    """Which elements of the model an entry is; None where it is none of that list. `where` is None where the entry
    is a key of its own."""

    where: Where
    mount: int | None
    volume: int | None
    propagation: int | None


class Storage:
    """All that is mounted: what is added to a file, in memory, comes last."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.mounts = list[Mount]()
        self.volumes = list[Volume]()
        self.propagations = list[str]()
        self.entries = list[Stored]()
        for item in items(reading.node("volumes")):
            self._take(item)
        for key in _PLACES:
            for item in items(reading.node(key)):
                self._granted(key, item)
        for said, item in reading.words(reading.node("tmpfs")):
            target, _, options = said.value.partition(":")
            entry = Mounted("tmpfs", "", target, "ro" not in options.split(","), "")
            self._keep(_volume(entry), entry.writable, Where(("tmpfs",), item))
        if reading.truth(reading.node("use_api_socket")):
            self._bind(Mounted("bind", ENGINE_SOCKET, ENGINE_SOCKET, True, ""), Where(("use_api_socket",), None))

    def _take(self, item: Node) -> None:
        long = isinstance(resolved(item), Mapping)
        said = None if long else self._reading.text(item)
        entry = self._long(item) if long else short(said.value) if said is not None and said.value else None
        if entry is None:
            self._reading.project.problems.append((item, "this is no volume"))
            return
        device = self._disguised(entry)
        where = Where(("volumes",), item)
        if device is not None or entry.kind in ("bind", "npipe"):
            self._bind(entry if device is None else entry._replace(source=device), where)
        else:
            self._keep(_volume(entry), entry.writable, where, entry.propagation)

    def _bind(self, entry: Mounted, where: Where) -> None:
        path = f"mounts[{len(self.mounts)}]"
        self._note(path, where, entry.writable)
        if _may_be_name(entry.source):
            self._reading.unknown.add(path)
        self.entries.append(Stored(where, len(self.mounts), None, self._spread(entry.propagation, where)))
        source, target = shown(entry.source), shown(entry.target)
        self.mounts.append(Mount(source=source, target=target, writable=entry.writable is not False, grant=None))

    def _keep(self, volume: Volume, writable: bool | None, where: Where, spread: str = "") -> None:
        self._note(f"volumes[{len(self.volumes)}]", where, writable)
        self.entries.append(Stored(where, None, len(self.volumes), self._spread(spread, where)))
        self.volumes.append(volume)

    def _note(self, path: str, where: Where, writable: bool | None) -> None:
        pair = (where.item, where.item) if where.item is not None else self._reading.pair(*where.keys)
        if pair is not None and pair[0] is not None:
            self._reading.note(path, pair[0], pair[1], where)
        if writable is None:
            self._reading.unknown.add(f"{path}.writable")

    def _spread(self, propagation: str, where: Where) -> int | None:
        if not propagation:
            return None
        index = len(self.propagations)
        self.propagations.append(shown(propagation))
        bind = self._reading.entries(where.item).get("bind")
        pair = self._reading.entries(bind[1]).get("propagation") if bind is not None else None
        first, last = pair or (where.item, where.item)
        if first is not None:
            self._reading.note(f"propagations[{index}]", first, last, where)
        if OPEN in propagation:
            self._reading.unknown.add(f"propagations[{index}]")
        return index

    def _long(self, item: Node) -> Mounted:
        fields = self._reading.entries(item)
        kind, source, target = (self._part(fields, key) for key in ("type", "source", "target"))
        bind = self._reading.entries(fields["bind"][1]) if "bind" in fields else {}
        read_only = self._reading.truth(fields["read_only"][1]) if self._part(fields, "read_only") else False
        writable = None if read_only is None else not read_only
        return Mounted(kind or "volume", source, target, writable, self._part(bind, "propagation"))

    def _part(self, fields: Fields, key: str) -> str:
        """A field of the long syntax, marked where it is not known; "" where it is not there."""
        said = self._reading.text(fields[key][1]) if key in fields else None
        return said.value if said is not None else ""

    def _disguised(self, entry: Mounted) -> str | None:
        """The path of the host behind a named volume that is a bind mount in truth; None for any other."""
        declared = self._reading.project.sections["volumes"].get(entry.source) if entry.kind == "volume" else None
        options = self._reading.entries(declared[1]).get("driver_opts") if declared is not None else None
        said = self._reading.entries(options[1]) if options is not None else {}
        how = self._reading.word(said["o"][1]) if "o" in said else ""
        device = self._reading.word(said["device"][1]) if "device" in said else ""
        return device if device and "bind" in how.split(",") else None

    def _granted(self, key: str, item: Node) -> None:
        """A secret or a config: a file that can only be read."""
        folder, kind = _PLACES[key]
        fields = self._reading.entries(item)
        source = self._reading.word(fields["source"][1] if "source" in fields else item)
        target = self._reading.word(fields["target"][1]) if "target" in fields else source
        place = target if target.startswith("/") else folder + target
        volume = Volume(name=source, kind=kind, type=key.rstrip("s"), target=place, writable=False)
        self._keep(volume, False, Where((key,), item))


def _volume(entry: Mounted) -> Volume:
    kind = _KINDS.get(entry.kind, VolumeKind.OTHER)
    if kind is VolumeKind.NAMED and not entry.source:
        kind = VolumeKind.ANONYMOUS
    name, target = shown(entry.source), shown(entry.target)
    return Volume(name=name, kind=kind, type=entry.kind, target=target, writable=entry.writable is not False)


def short(value: str) -> Mounted:
    """`[SOURCE:]TARGET[:MODE]`; a Windows drive's colon is none of these."""
    drive = _DRIVE.match(value)
    parts = value[2:].split(":") if drive else value.split(":")
    if drive:
        parts[0] = value[:2] + parts[0]
    if len(parts) == 1:
        return Mounted("volume", "", parts[0], True, "")
    modes = [mode for part in parts[2:] for mode in part.split(",")]
    access = [mode for mode in modes if mode in ("ro", "rw")]
    unsure = any(OPEN in mode for mode in modes)
    shared = next((mode for mode in reversed(modes) if mode in PROPAGATIONS), "")
    writable = None if unsure else not (access and access[-1] == "ro")
    return Mounted("bind" if is_path(parts[0]) else "volume", parts[0], parts[1], writable, shared)


def is_path(source: str) -> bool:
    """Whether a source is a path and not a volume's name. A variable that begins it could be either: a path."""
    return source.startswith(("/", ".", "~", "\\\\", OPEN)) or _DRIVE.match(source) is not None


def _may_be_name(source: str) -> bool:
    """Whether a source begins with a variable that may as well be a volume's name."""
    return source.startswith(OPEN) and "/" not in source and "\\" not in source
