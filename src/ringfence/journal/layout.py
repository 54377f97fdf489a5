"""What lies in a journal's directory, under which names, and how the disk's refusals are told.

    0000000000000000.jsonl   a segment, named by the number of its first record
    0000000000000000.base    the tree as it was before that record; a convenience, never trusted
    checkpoints              signed notes, oldest first
    key, key.pub             the signing key (0600) and its public half
    state                    where appending goes on; a convenience, never trusted by verify
    lock                     held while a line is written
    torn-<seq>-<digest>      bytes of an unfinished write, set aside

Every function here is thin around one system call or two.
"""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from ringfence.errors import JournalUnavailable

CHECKPOINTS = "checkpoints"
KEY = "key"
PUBLIC_KEY = "key.pub"
STATE = "state"
LOCK = "lock"

_SEGMENT = ".jsonl"
_DIGITS = 16

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.ENOTDIR: "it is not a directory",
    errno.EIO: "the disk reports an input/output error",
}


def segment_name(first: int) -> str:
    """The file name of the segment whose first record is number `first`."""
    return f"{first:0{_DIGITS}d}{_SEGMENT}"


def base_name(first: int) -> str:
    """The file name of the tree as it was before record `first`."""
    return f"{first:0{_DIGITS}d}.base"


def segments(directory: Path) -> list[int]:
    """The first record numbers of all segments, in order."""
    with explained(directory, "be read", hint="the first `ringfence run` makes the journal; --journal names another"):
        names = os.listdir(directory)
    stems = [name.removesuffix(_SEGMENT) for name in names if name.endswith(_SEGMENT)]
    return sorted(int(stem) for stem in stems if len(stem) == _DIGITS and stem.isascii() and stem.isdigit())


_ROOM = "no call runs without its record: make room or give access there, or set $RINGFENCE_STATE"


@contextlib.contextmanager
def explained(directory: Path, what: str, hint: str = _ROOM) -> Iterator[None]:
    """Turn the disk's refusal into JournalUnavailable: "the journal in X cannot WHAT: the disk is full"."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
        raise JournalUnavailable(f"the journal in {directory} cannot {what}: {reason}", hint=hint) from error


def make_directory(directory: Path) -> None:
    """Create the directory with mode 0700; refuse one that others may write to."""
    with explained(directory, "be opened"):
        os.makedirs(directory.parent, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.mkdir(directory, 0o700)
            sync_directory(directory.parent)
        mode = os.stat(directory).st_mode
    if mode & 0o022:
        raise JournalUnavailable(
            f"the journal in {directory} cannot be trusted: other users may write to the directory",
            hint=f"chmod 700 {directory}",
        )


def sync_directory(directory: Path) -> None:
    """Make the directory's entries durable."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_new(path: Path, data: bytes) -> None:
    """Put a whole, durable file (0600) in place at once, over any older one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        write_all(fd, data)
        os.fsync(fd)
    finally:
        os.close(fd)
    os.replace(temporary, path)
    sync_directory(path.parent)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, or raise OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
