"""What git keeps of a repository whatever its `.gitignore` says: the names in its index, after gitformat-index(5)."""

import os
import stat
from itertools import accumulate

_MOST = 256 * 1024**2
#: What stands before the flags of an entry, for names of objects of 20 and of 32 bytes.
_FIXED = (60, 72)
_EXTENDED = 0x4000


class Tracked:
    """The files that are in a repository's index, read when they are first asked for.

    The repository begins so many characters below what paths are relative to, or so far above it.
    """

    def __init__(self, git: str, *, below: int = 0, above: str = "") -> None:
        self._git, self._below, self._above = git, below, above
        self._files: frozenset[str] | None = None
        self._folders = frozenset[str]()

    def file(self, path: str) -> bool:
        """Whether a file is in the index."""
        return self._above + path[self._below :] in self._known()

    def folder(self, path: str) -> bool:
        """Whether anything below a folder is."""
        self._known()
        return self._above + path[self._below :] in self._folders

    def _known(self) -> frozenset[str]:
        if self._files is None:
            self._files = frozenset(names(_read(os.path.join(self._git, "index"))))
            folders = {name.rpartition("/")[0] for name in self._files}
            self._folders = frozenset(
                whole for folder in folders for whole in accumulate(folder.split("/"), lambda a, b: f"{a}/{b}")
            )
        return self._files


def names(data: bytes) -> list[str]:
    """The names in an index; those before the place where it makes no sense, and none of what is no index."""
    if data[:4] != b"DIRC" or len(data) < 12:
        return []
    version, count = int.from_bytes(data[4:8], "big"), int.from_bytes(data[8:12], "big")
    best = list[str]()
    for fixed in _FIXED:  # nothing in it says which
        found = _entries(data, version, count, fixed)
        if len(found) == count:
            return found
        best = max(best, found, key=len)
    return best


def _entries(data: bytes, version: int, count: int, fixed: int) -> list[str]:
    found, name, at = list[str](), b"", 12
    while len(found) < count and at + fixed + 2 < len(data):
        flags = int.from_bytes(data[at + fixed : at + fixed + 2], "big")
        begin = at + fixed + (4 if version > 2 and flags & _EXTENDED else 2)
        if version == 4:
            gone, begin = _number(data, begin)
            if gone > len(name):
                break
            name = name[: len(name) - gone]
        else:
            name = b""
        end = data.find(b"\0", begin)
        if end < 0:
            break
        name += data[begin:end]
        if flags & 0xFFF != min(len(name), 0xFFF):
            break
        found.append(os.fsdecode(name))
        at = end + 1 if version == 4 else at + (end - at) // 8 * 8 + 8
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of varying length, and where it ends: as offsets in a pack."""
    value = data[at] & 0x7F if at < len(data) else 0
    while at < len(data) and data[at] & 0x80:
        at += 1
        value = (value + 1 << 7) | (data[at] & 0x7F if at < len(data) else 0)
    return value, at + 1


def _read(path: str) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return b""
    with open(descriptor, "rb") as file:
        return file.read(_MOST) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
