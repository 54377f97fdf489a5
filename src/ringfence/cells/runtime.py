"""The guest's root: a small tree with the interpreter, its library and the guest, and nothing else.

Built once (`rootbuild`), kept in the state directory, and bound read-only as `/` of every cell.
Built again when any source file changes, such as a security update of libc. Here is only what
each call does: look whether the root that is there is the one for this interpreter.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import SandboxUnavailable

_LAYOUT = "2"
GUEST_FILES = ("guest.py", "walls.py", "maker.py", "container.py", "carried.py")


@dataclass(frozen=True, slots=True)
class Runtime:
    """A built root. `python` is the interpreter's path inside it."""

    path: str
    version: str
    digest: str


def ensure(store: Path) -> Runtime:
    """The root for this interpreter, built now if it is missing or out of date.

    Raises SandboxUnavailable where it cannot be built.
    """
    index = store / "current.json"
    if (known := _read_index(index)) is not None:
        return known
    import subprocess

    from ringfence.cells import rootbuild

    try:
        return rootbuild.build(store, index)
    except (OSError, subprocess.SubprocessError) as error:
        raise SandboxUnavailable(
            f"the guest's root could not be built in {store}: {error}",
            hint="free some space there, or point $RINGFENCE_STATE to a folder that can be written",
        ) from error


def identity() -> dict[str, str]:
    """What a root is made for: built again where any of it changes."""
    guest = hashlib.sha256()
    for name in GUEST_FILES:
        guest.update((Path(__file__).parent / "guest" / name).read_bytes())
    return {"layout": _LAYOUT, "python": sys.version, "guest": guest.hexdigest()}


def _read_index(index: Path) -> Runtime | None:
    try:
        known = json.loads(index.read_bytes())
        if known["identity"] != identity() or not Path(known["path"]).is_dir():
            return None
        for path, before in known["sources"].items():
            if stamp(path) != before:
                return None
        return Runtime(known["path"], known["version"], known["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def stamp(path: str) -> list[int]:
    """What tells a changed file: its size and time."""
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns]
