"""The files of an image: paths without a leading slash, what is there, and the layer that they make.

A tree is normal: folders of the path are links into /usr where Debian merged them, every parent is there, all belongs
to root. So one tree makes one layer, byte for byte.
"""

import hashlib
import io
import posixpath
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import ImageRefused

_MERGED = ("bin", "sbin", "lib", "lib64")
_MOST_FILES = 200_000
_MOST_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A file (`data`), a link (`target`), a device or, with none of these, a folder; and its permissions."""

    mode: int
    data: bytes | None = None
    target: str | None = None
    owner: int = 0
    is_device: bool = False

    @property
    def is_folder(self) -> bool:
        """Neither a file nor a link nor a device."""
        return self.data is None and self.target is None and not self.is_device


class Tree:
    """A file system to be."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        for name in _MERGED:
            self._entries[name] = Entry(0o777, target=f"usr/{name}")
            self.folder(f"usr/{name}")

    def __contains__(self, path: str) -> bool:
        return _normal(path) in self._entries

    def __getitem__(self, path: str) -> Entry:
        return self._entries[_normal(path)]

    def items(self) -> list[tuple[str, Entry]]:
        """Everything, sorted by path."""
        return sorted(self._entries.items())

    def add(self, path: str, entry: Entry) -> None:
        """Put something there, and folders above it; a folder that is there already stays as it is."""
        path = _normal(path)
        if not path or entry.is_device or (entry.is_folder and path in self._entries):
            return
        if (above := posixpath.dirname(path)) not in self._entries:
            self.folder(above)
        self._entries[path] = entry

    def file(self, path: str, data: bytes | str, mode: int = 0o644) -> None:
        """Put a file there."""
        self.add(path, Entry(mode, data=data.encode() if isinstance(data, str) else data))

    def link(self, path: str, target: str) -> None:
        """Put a symbolic link there."""
        self.add(path, Entry(0o777, target=target))

    def folder(self, path: str, mode: int = 0o755, owner: int = 0) -> None:
        """Put a folder there."""
        self.add(path, Entry(mode, owner=owner))

    def remove(self, path: str) -> None:
        """Take something away, with all below it."""
        path = _normal(path)
        entry = self._entries.get(path)
        if entry is None or not entry.is_folder:
            self._entries.pop(path, None)
            return
        for one in [p for p in self._entries if p == path or p.startswith(f"{path}/")]:
            del self._entries[one]

    def rename(self, path: str, new: str) -> None:
        """Move a file."""
        self.add(new, self._entries.pop(_normal(path)))

    def chmod(self, path: str, mode: int) -> None:
        """Set permissions."""
        old = self[path]
        self._entries[_normal(path)] = Entry(mode, old.data, old.target, old.owner)

    def write(self, folder: Path) -> list[str]:
        """Write the files below a folder, without the links of a merged /usr; their paths. Raises OSError."""
        written = []
        for path, entry in self.items():
            if entry.data is not None:
                target = folder / path
                for above in reversed(target.relative_to(folder).parents):
                    (folder / above).mkdir(parents=True, exist_ok=True)
                    (folder / above).chmod(0o755)  # whatever the umask is: an engine copies it as it is
                target.write_bytes(entry.data)
                target.chmod(entry.mode)
                written.append(f"{folder.name}/{path}")
        return written

    def layer(self, epoch: int) -> bytes:
        """The tree as a tar archive: sorted, one time for all, names and numbers of root."""
        whole = io.BytesIO()
        with tarfile.open(fileobj=whole, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for path, entry in self.items():
                member = tarfile.TarInfo(path)
                member.mode, member.mtime = entry.mode, epoch
                member.uid = member.gid = entry.owner
                if entry.target is not None:
                    member.type, member.linkname = tarfile.SYMTYPE, entry.target
                elif entry.data is None:
                    member.type = tarfile.DIRTYPE
                else:
                    member.size = len(entry.data)
                tar.addfile(member, io.BytesIO(entry.data) if entry.data is not None else None)
        return whole.getvalue()


def members(archive: bytes, what: str, below: Mapping[str, Entry] | None = None) -> Iterator[tuple[str, Entry]]:
    """What a tar archive holds, bounded, whoever made it; hard links as copies, also of what lies below the layer.

    Raises ImageRefused.
    """
    found: dict[str, Entry] = {}
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
            for member in tar:
                total += member.size
                if len(found) > _MOST_FILES or total > _MOST_BYTES:
                    raise ImageRefused(f"{what} holds more than an image may")
                path = _normal(member.name)
                entry = _entry(tar, member, found, below or {})
                if entry is not None and path:
                    found[path] = entry
                    yield path, entry
    except tarfile.TarError as error:
        raise ImageRefused(f"{what} is not a good archive: {error}") from error


def _entry(
    tar: tarfile.TarFile, member: tarfile.TarInfo, found: dict[str, Entry], below: Mapping[str, Entry]
) -> Entry | None:
    mode = member.mode & 0o7777
    if member.isdir():
        return Entry(mode, owner=member.uid)
    if member.issym():
        return Entry(0o777, target=member.linkname, owner=member.uid)
    if member.islnk():
        linked = _normal(member.linkname)
        return found.get(linked) or below.get(linked)
    if member.isreg():
        opened = tar.extractfile(member)
        return Entry(mode, data=opened.read() if opened else b"", owner=member.uid)
    return Entry(mode, owner=member.uid, is_device=True) if member.isdev() else None


def flattened(layers: Iterable[bytes]) -> dict[str, Entry]:
    """The file system of several layers, one over the other, with what they take away (OCI image layers)."""
    whole = _Whole()
    for number, layer in enumerate(layers):
        own, opaque = set[str](), set[str]()
        for path, entry in members(layer, f"layer {number}", whole.entries):
            above, name = posixpath.split(path)
            if name == ".wh..wh..opq":
                if above not in opaque:  # hides what lies below, never what this layer itself brings
                    whole.drop_inside(above, own)
                opaque.add(above)
            elif name.startswith(".wh."):
                whole.drop(posixpath.join(above, name[4:]))
            else:
                if not entry.is_folder:
                    whole.drop_inside(path)
                whole.add(path, entry)
                own.add(path)
    return whole.entries


class _Whole:
    """Entries by path, and what lies in each folder, so that taking away costs as much as there is to take."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._inside: dict[str, set[str]] = {}

    def add(self, path: str, entry: Entry) -> None:
        self.entries[path] = entry
        while path:
            above = posixpath.dirname(path)
            beside = self._inside.setdefault(above, set())
            if path in beside:
                return
            beside.add(path)
            path = above

    def drop(self, path: str) -> None:
        """Take something away, and all that lies in it."""
        self.drop_inside(path)
        self._forget(path)

    def drop_inside(self, path: str, spared: Set[str] = frozenset()) -> None:
        """Take away all that lies in a folder, but for what is spared."""
        below = list(self._inside.get(path, ()))
        for one in below:  # grows while it is walked: folders first, what lies in them behind
            below += self._inside.get(one, ())
        for one in reversed(below):
            if one not in spared:
                self._forget(one)

    def _forget(self, path: str) -> None:
        self.entries.pop(path, None)
        if not self._inside.get(path):
            self._inside.pop(path, None)
            self._inside.get(posixpath.dirname(path), set()).discard(path)


def _normal(path: str) -> str:
    """Without slashes around, without `.` and `..`, below /usr where Debian keeps what is merged."""
    clean = posixpath.normpath("/" + path).strip("/")
    first, _, rest = clean.partition("/")
    return f"usr/{clean}" if rest and first in _MERGED else clean


def sha256(data: bytes) -> str:
    """A digest as OCI writes it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
