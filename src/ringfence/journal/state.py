"""Where appending goes on: one page that spares every short-lived writer a scan of the journal.

The page is a convenience: it is checked by a digest, thrown away after a reboot (it is not
synced, so it may be ahead of the disk then), and rebuilt from the segments when it is gone.
Verify recomputes everything and only compares. The number of records known to be durable
(`synced`) stands behind the page, because it is changed by whoever syncs, not by who writes.
"""

import contextlib
import os
import struct
from functools import cache
from hashlib import sha256
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.journal.line import NO_LEAF
from ringfence.journal.merkle import peak_count

_MAGIC = b"RFjrnl01"
_PAGE = 4096
_FIXED = struct.Struct(">8s16sQQQQQQ32s")
_SYNCED = struct.Struct(">Q")
_HASH = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """The journal after `count` records.

    `first` names the current segment, `offset` its length in bytes, `started` when it was
    begun (Unix seconds); `sealed` is the size of the last signed checkpoint and `sealed_at`
    its time (Unix seconds); `last` is the last leaf hash, `peaks` the tree (see merkle).
    """

    first: int
    count: int
    offset: int
    started: int
    sealed: int
    sealed_at: int
    last: bytes
    peaks: tuple[bytes, ...]


EMPTY = State(first=0, count=0, offset=0, started=0, sealed=0, sealed_at=0, last=NO_LEAF, peaks=())


def pack(state: State, boot: bytes) -> bytes:
    """The page's bytes."""
    s = state
    head = _FIXED.pack(_MAGIC, boot, s.first, s.count, s.offset, s.started, s.sealed, s.sealed_at, s.last)
    data = head + b"".join(s.peaks)
    return data + sha256(data).digest()


def unpack(page: bytes, boot: bytes) -> State | None:
    """The state in a page, or None if it is not whole or was written before the last boot."""
    if len(page) < _FIXED.size:
        return None
    magic, written, first, count, offset, started, sealed, sealed_at, last = _FIXED.unpack_from(page)
    end = _FIXED.size + _HASH * peak_count(count)
    if magic != _MAGIC or written != boot or page[end : end + _HASH] != sha256(page[:end]).digest():
        return None
    peaks = tuple(page[at : at + _HASH] for at in range(_FIXED.size, end, _HASH))
    return State(
        first=first,
        count=count,
        offset=offset,
        started=started,
        sealed=sealed,
        sealed_at=sealed_at,
        last=last,
        peaks=peaks,
    )


class StateFile:
    """The page and the count behind it, on an open descriptor."""

    def __init__(self, path: Path) -> None:
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        self._boot = boot_id()
        try:
            self._reserve()
        except OSError:
            os.close(self.fd)
            raise

    def _reserve(self) -> None:
        """Take the blocks now, so that a full disk never stops the page from being written."""
        if os.fstat(self.fd).st_size < 2 * _PAGE:
            os.posix_fallocate(self.fd, 0, 2 * _PAGE)

    def read(self) -> State | None:
        """The state, or None if it has to be rebuilt."""
        return unpack(os.pread(self.fd, _PAGE, 0), self._boot)

    def write(self, state: State) -> None:
        """Replace the page. One write within one page: a killed writer leaves the old or the new."""
        os.pwrite(self.fd, pack(state, self._boot), 0)

    def forget(self) -> None:
        """Make the next reader rebuild the state."""
        os.pwrite(self.fd, bytes(_FIXED.size), 0)

    def synced(self) -> int:
        """How many records are known to be durable."""
        return read_synced(self.fd)

    def set_synced(self, count: int) -> None:
        """Say that the first `count` records are durable; only the holder of the sync lock may."""
        os.pwrite(self.fd, _SYNCED.pack(count), _PAGE)

    def close(self) -> None:
        """Close the descriptor."""
        os.close(self.fd)


def read_synced(fd: int) -> int:
    """The durable count behind the page of an open state file; 0 where there is none."""
    data = os.pread(fd, _SYNCED.size, _PAGE)
    return int(_SYNCED.unpack(data)[0]) if len(data) == _SYNCED.size else 0


def peek(path: Path) -> tuple[State | None, int]:
    """The state and the durable count of a journal that is only looked at; (None, 0) without a file."""
    with contextlib.suppress(FileNotFoundError):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return unpack(os.pread(fd, _PAGE, 0), boot_id()), read_synced(fd)
        finally:
            os.close(fd)
    return None, 0


@cache
def boot_id() -> bytes:
    """16 bytes that change with every boot (random(4)); zeros where the kernel does not tell."""
    try:
        with open("/proc/sys/kernel/random/boot_id", "rb") as file:
            return bytes.fromhex(file.read().decode("ascii").strip().replace("-", ""))[:16]
    except (OSError, ValueError):
        return bytes(16)
