"""A plugin's files as one hash, and a copy of exactly the bytes that were hashed.

The hash is the SHA-256 of what `sha256sum` prints for all files, sorted by the bytes of their paths: one
line `HEX  PATH` each. Modes, owners and times are no part of it and are not copied either.

Invariant: nothing that a cell could load is outside the hash. What is left out here (`LEFT_OUT`) is missing
from the copy too, and cells only ever see the copy.
"""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin
from ringfence.plugins.files import open_directory, open_file, open_root, read_chunks, refuse_odd_mode

#: Directories of tools, and compiled files: never hashed, never copied, so never seen in a cell.
LEFT_OUT = frozenset(
    {
        ".git",
        ".hg",
        ".hypothesis",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".venv",
        "__pycache__",
    }
)
LEFT_OUT_SUFFIXES = (".pyc", ".pyo")


class TreeLimits(NamedTuple):
    """Upper bounds for a plugin: files, bytes in total, levels of directories, bytes of one path."""

    max_files: int = 20_000
    max_bytes: int = 1 << 30
    max_depth: int = 32
    max_path: int = 1024


DEFAULT_LIMITS = TreeLimits()


@dataclass(frozen=True, slots=True)
class Tree:
    """`digest` is "sha256:HEX" of the whole; `files` maps each path (with '/') to its SHA-256 in hex."""

    digest: str
    files: Mapping[str, str]


#: Called with each file's path and chunks before the next one is read.
Sink = Callable[[str, Iterator[bytes]], None]


def hash_tree(plugin_dir: Path, *, limits: TreeLimits = DEFAULT_LIMITS) -> Tree:
    """Hash every file of the plugin. Raises InvalidPlugin for links, devices, odd names, excess."""
    return copy_tree(plugin_dir, None, limits=limits)


def copy_tree(plugin_dir: Path, sink: Sink | None, *, limits: TreeLimits = DEFAULT_LIMITS) -> Tree:
    """Hash the plugin and hand the very bytes that are hashed to `sink`."""
    files: dict[str, str] = {}
    left = limits.max_bytes
    with open_root(plugin_dir) as root:
        for parent, name, path in _walk(root, limits):
            if len(files) == limits.max_files:
                raise InvalidPlugin(f"the plugin has more than {limits.max_files} files")
            files[path], size = _digest(parent, name, path, left, sink)
            left -= size
    return Tree(tree_digest(files), files)


def tree_digest(files: Mapping[str, str]) -> str:
    """The digest of a tree with these files."""
    lines = sorted((path.encode(), digest.encode()) for path, digest in files.items())
    whole = hashlib.sha256()
    for path, digest in lines:
        whole.update(digest + b"  " + path + b"\n")
    return f"sha256:{whole.hexdigest()}"


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """What differs between two trees' files: "changed: a.py", "added: b.py", "removed: c.py", by path."""
    words: list[tuple[str, str]] = []
    for path in old.keys() | new.keys():
        if path not in new:
            words.append((path, f"removed: {path}"))
        elif path not in old:
            words.append((path, f"added: {path}"))
        elif old[path] != new[path]:
            words.append((path, f"changed: {path}"))
    return [line for _, line in sorted(words)]


class TreeWatch:
    """The hash of a plugin's directory, computed again only when something in it changed.

    Change is seen by names, inodes, sizes, modes and both times. Times have a granularity, so a tree that
    changed less than `SETTLED` ago is hashed again even if it looks the same.
    """

    SETTLED = 100_000_000  # ns; the coarsest clock tick of common kernels is 10 ms

    def __init__(self, plugin_dir: Path, *, limits: TreeLimits = DEFAULT_LIMITS) -> None:
        self._plugin_dir = plugin_dir
        self._limits = limits
        self._seen: tuple[object, ...] | None = None
        self._tree: Tree | None = None

    def tree(self) -> Tree:
        """The tree as it is now. Raises InvalidPlugin."""
        now = time.time_ns()
        signature, newest = self._signature()
        if self._tree is not None and signature == self._seen:
            return self._tree
        tree = hash_tree(self._plugin_dir, limits=self._limits)
        self._seen = signature if newest < now - self.SETTLED else None
        self._tree = tree
        return tree

    def _signature(self) -> tuple[tuple[object, ...], int]:
        facts: list[object] = []
        newest = 0
        with open_root(self._plugin_dir) as root:
            for parent, name, path in _walk(root, self._limits):
                found = os.stat(name, dir_fd=parent, follow_symlinks=False)
                facts.append((path, found.st_ino, found.st_dev, found.st_size, found.st_mode))
                facts.append((found.st_mtime_ns, found.st_ctime_ns))
                newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
        return tuple(facts), newest


def _digest(parent: int, name: str, path: str, left: int, sink: Sink | None) -> tuple[str, int]:
    whole = hashlib.sha256()
    size = 0

    def hashed(descriptor: int) -> Iterator[bytes]:
        nonlocal size
        for chunk in read_chunks(descriptor, path, left):
            whole.update(chunk)
            size += len(chunk)
            yield chunk

    descriptor = open_file(parent, name, path)
    try:
        chunks = hashed(descriptor)
        if sink is not None:
            sink(path, chunks)
        for _ in chunks:
            pass
    except OSError as error:
        raise InvalidPlugin(f"cannot read {path!r}: {(error.strerror or 'error').lower()}") from None
    finally:
        os.close(descriptor)
    return whole.hexdigest(), size


def _walk(root: int, limits: TreeLimits) -> Iterator[tuple[int, str, str]]:
    """(directory descriptor, name, path) of every file, by name, directory by directory."""
    yield from _walk_below(root, "", 1, limits)


def _walk_below(parent: int, prefix: str, depth: int, limits: TreeLimits) -> Iterator[tuple[int, str, str]]:
    if depth > limits.max_depth:
        raise InvalidPlugin(f"{prefix!r} is nested deeper than {limits.max_depth} directories")
    for name, mode in _entries(parent, prefix, limits):
        path = prefix + name
        if len(path.encode()) > limits.max_path:
            raise InvalidPlugin(f"the path {path[:100]!r}… is longer than {limits.max_path} bytes")
        if stat.S_ISDIR(mode):
            child = open_directory(parent, name, path)
            try:
                yield from _walk_below(child, path + "/", depth + 1, limits)
            finally:
                os.close(child)
        else:
            refuse_odd_mode(mode, path)
            yield parent, name, path


def _entries(directory: int, prefix: str, limits: TreeLimits) -> list[tuple[str, int]]:
    """(name, mode) of what is in a directory and not left out, sorted by name."""
    found: list[tuple[str, int]] = []
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                if entry.name in LEFT_OUT or entry.name.endswith(LEFT_OUT_SUFFIXES):
                    continue
                _refuse_odd_name(entry.name, prefix)
                found.append((entry.name, entry.stat(follow_symlinks=False).st_mode))
                if len(found) > limits.max_files:
                    raise InvalidPlugin(f"the plugin has more than {limits.max_files} files")
    except OSError as error:
        raise InvalidPlugin(f"cannot list {prefix or '.'!r}: {(error.strerror or 'error').lower()}") from None
    return sorted(found)


def _refuse_odd_name(name: str, prefix: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        raise InvalidPlugin(f"a name in {prefix or '.'!r} is not UTF-8: {os.fsencode(name)!r}") from None
    if not name.isprintable() or "\\" in name:
        raise InvalidPlugin(f"{prefix + name!r} has a character that names may not have")
