"""The file of signed checkpoints: notes one after the other, oldest first, only ever appended to.

The caller of `append` holds the journal's lock.
"""

import contextlib
import os
from pathlib import Path

from ringfence.journal import layout
from ringfence.journal.note import MAX_NOTE_BYTES, Checkpoint, first_end, parse_all


def append(directory: Path, note: bytes) -> None:
    """Add a note durably; what a killed writer left behind the last whole note is set aside first."""
    path = directory / layout.CHECKPOINTS
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        size = os.fstat(fd).st_size
        _, end = _tail(fd, size)
        if end < size:
            layout.write_new(directory / f"torn-checkpoint-{end}", os.pread(fd, size - end, end))
            os.ftruncate(fd, end)
        os.lseek(fd, end, os.SEEK_SET)
        layout.write_all(fd, note)
        os.fsync(fd)
        if end == 0:
            layout.sync_directory(directory)
    finally:
        os.close(fd)


def latest(directory: Path) -> tuple[Checkpoint, int] | None:
    """The last whole checkpoint and when the file was last written (Unix seconds), or None."""
    with contextlib.suppress(FileNotFoundError):
        fd = os.open(directory / layout.CHECKPOINTS, os.O_RDONLY | os.O_CLOEXEC)
        try:
            info = os.fstat(fd)
            found, _ = _tail(fd, info.st_size)
        finally:
            os.close(fd)
        if found:
            return found[-1], int(info.st_mtime)
    return None


def read_all(path: Path) -> tuple[list[Checkpoint], bytes]:
    """Every checkpoint in a file, and the bytes at its end that belong to none; ([], b"") without a file."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return [], b""
    found, used = parse_all(data)
    return found, data[used:]


def _tail(fd: int, size: int) -> tuple[list[Checkpoint], int]:
    """The last few whole notes and where they end, without reading all of the file."""
    start = max(0, size - 2 * MAX_NOTE_BYTES)
    data = os.pread(fd, size - start, start)
    begin = first_end(data) if start else 0
    found, used = parse_all(data[begin:])
    return found, start + begin + used
