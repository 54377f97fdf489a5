"""Read-only copies of plugins, each under the hash of its bytes; the only thing that cells see of a plugin.

    STORE/HEX/…        directories 0755, files 0444

A copy is made beside its place and renamed into it, so it is there whole or not at all, whoever else makes
the same one at the same time. It is hashed while it is written: what it is named after is what it holds.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import InvalidPlugin
from ringfence.plugins.tree import Tree, copy_tree, hash_tree

#: Every user may pass: a cell runs as somebody else.
_DIRECTORY = 0o755
_FILE = 0o444
_STAGING = ".new-"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`path` holds exactly the files of `tree`."""

    path: Path
    tree: Tree


def snapshot(plugin_dir: Path, store: Path) -> Snapshot:
    """Copy the plugin into `store`, or find it there whole. Raises InvalidPlugin.

    A copy in the store that does not hold what its name says is replaced.
    """
    tree = hash_tree(plugin_dir)
    place = store / _hex(tree.digest)
    if _holds(place, tree.digest):
        return Snapshot(place, tree)
    try:
        return _copy(plugin_dir, store)
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise InvalidPlugin(f"cannot copy the plugin into {str(store)!r}: {reason}") from None


def verify_snapshot(path: Path) -> Tree:
    """The tree of a snapshot, after checking that it is the one its name says. Raises InvalidPlugin."""
    tree = hash_tree(path)
    if _hex(tree.digest) != path.name:
        raise InvalidPlugin(f"the copy at {str(path)!r} is not what was copied", hint="remove it and run again")
    return tree


def _hex(digest: str) -> str:
    return digest.removeprefix("sha256:")


def _holds(place: Path, digest: str) -> bool:
    if not place.is_dir():
        return False
    try:
        return hash_tree(place).digest == digest
    except InvalidPlugin:
        return False


def _copy(plugin_dir: Path, store: Path) -> Snapshot:
    if not store.is_dir():
        store.mkdir(parents=True, exist_ok=True)
        store.chmod(_DIRECTORY)
    _forget_crashed(store)
    staging = _fresh(store)
    try:
        tree = copy_tree(plugin_dir, lambda path, chunks: _write(staging / path, chunks))
        _open_up(staging)
        place = store / _hex(tree.digest)
        _move(staging, place, tree.digest)
        return Snapshot(place, tree)
    finally:
        _remove(staging)


def _write(place: Path, chunks: Iterator[bytes]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place, "xb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        os.fchmod(file.fileno(), _FILE)


def _open_up(staging: Path) -> None:
    """Directories that every user may pass, whatever the umask: cells run as somebody else."""
    for directory, _, _ in os.walk(staging):
        os.chmod(directory, _DIRECTORY)


def _move(staging: Path, place: Path, digest: str) -> None:
    for _ in range(3):
        try:
            staging.rename(place)
        except OSError:
            if _holds(place, digest):  # somebody else was quicker
                return
            _set_aside(place)
        else:
            return
    raise InvalidPlugin(f"cannot put the copy at {str(place)!r}")


def _set_aside(place: Path) -> None:
    """Take away what stands at `place` and is not what its name says."""
    doomed = _fresh(place.parent)
    with suppress(OSError):
        place.rename(doomed / "copy")
    _remove(doomed)


def _fresh(store: Path) -> Path:
    """A new directory that nobody else uses; `tempfile` would cost 10 ms of imports."""
    staging = store / f"{_STAGING}{os.getpid()}-{os.urandom(8).hex()}"
    staging.mkdir(mode=0o700)
    return staging


def _forget_crashed(store: Path) -> None:
    """Remove what copies left behind that were killed half-way, an hour ago or longer."""
    for entry in store.glob(f"{_STAGING}*"):
        with suppress(OSError):
            if entry.lstat().st_mtime < time.time() - 3600:
                _remove(entry)


def _remove(directory: Path) -> None:
    import shutil

    shutil.rmtree(directory, ignore_errors=True)
