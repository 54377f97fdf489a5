"""Reading a plugin's files without being led astray.

A plugin's directory is untrusted: it may hold links, devices, pipes, odd names, endless files, and may
change while it is read. Everything is opened relative to an open directory, without following links, and
what was opened is what is judged and read.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ringfence.errors import InvalidPlugin

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY
CHUNK = 1 << 18


@contextmanager
def open_root(plugin_dir: Path) -> Iterator[int]:
    """A descriptor of the plugin's directory. The directory itself may be reached by a link."""
    try:
        descriptor = os.open(plugin_dir, _FLAGS | os.O_DIRECTORY)
    except (OSError, ValueError) as error:
        raise InvalidPlugin(f"no plugin at {str(plugin_dir)!r}: {_reason(error)}") from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def open_directory(parent: int, name: str, shown: str) -> int:
    """A descriptor of a subdirectory; the caller closes it. `shown` is its path in errors."""
    return _open(parent, name, shown, _FLAGS | os.O_NOFOLLOW | os.O_DIRECTORY)


def open_file(parent: int, name: str, shown: str) -> int:
    """A descriptor of a regular file, checked after it was opened; the caller closes it."""
    descriptor = _open(parent, name, shown, _FLAGS | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        refuse_odd_mode(os.fstat(descriptor).st_mode, shown)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def refuse_odd_mode(mode: int, shown: str) -> None:
    """Raise InvalidPlugin unless it is a regular file without set-user-ID or set-group-ID."""
    if not stat.S_ISREG(mode):
        raise InvalidPlugin(f"{shown!r} is {_kind(mode)}", hint="a plugin holds only files and directories")
    if mode & (stat.S_ISUID | stat.S_ISGID):
        raise InvalidPlugin(f"{shown!r} is set-user-ID or set-group-ID", hint=f"chmod u-s,g-s {shown}")


def read_chunks(descriptor: int, shown: str, at_most: int) -> Iterator[bytes]:
    """The bytes of an open file as they are now. Raises InvalidPlugin beyond `at_most` bytes."""
    left = at_most
    while chunk := os.read(descriptor, CHUNK):
        left -= len(chunk)
        if left < 0:
            raise InvalidPlugin(f"{shown!r} is larger than {at_most} bytes")
        yield chunk


def read_member(plugin_dir: Path, path: str, at_most: int) -> bytes:
    """The bytes of one file of the plugin; `path` is relative, with '/'. Raises InvalidPlugin."""
    *directories, name = path.split("/")
    if not all(part not in ("", ".", "..") for part in (*directories, name)):
        raise InvalidPlugin(f"{path[:100]!r} is no path inside the plugin")
    with open_root(plugin_dir) as root:
        opened: list[int] = []
        try:
            parent = root
            for directory in directories:
                parent = open_directory(parent, directory, path)
                opened.append(parent)
            opened.append(open_file(parent, name, path))
            return b"".join(read_chunks(opened[-1], path, at_most))
        except OSError as error:
            raise InvalidPlugin(f"cannot read {path!r}: {_reason(error)}") from None
        finally:
            for descriptor in opened:
                os.close(descriptor)


def _open(parent: int, name: str, shown: str, flags: int) -> int:
    try:
        return os.open(name, flags, dir_fd=parent)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            raise InvalidPlugin(
                f"{shown!r} is a symbolic link", hint="a plugin holds only files and directories"
            ) from None
        raise InvalidPlugin(f"cannot read {shown!r}: {_reason(error)}") from None


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFLNK: "a symbolic link",
        stat.S_IFDIR: "a directory",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "no regular file")


def _reason(error: Exception) -> str:
    return (error.strerror or "error").lower() if isinstance(error, OSError) else str(error)
