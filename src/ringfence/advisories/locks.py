"""Finding and reading the locks of a plugin: bounded, without following links, with the line of everything.

Preferred is what pins most: `pylock.toml` (PEP 751), `requirements.lock`; `requirements.txt` counts as a lock only
where there is no other. Packages that are named elsewhere (`pyproject.toml`) or stand in `vendor/` are held against it.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from ringfence.advisories import pylock, requirements
from ringfence.advisories.pins import Lock, LockFault, Pin
from ringfence.errors import ConfigError, InvalidPlugin
from ringfence.plugins.files import read_member
from ringfence.plugins.tree import LEFT_OUT

MAX_BYTES = 4 << 20
MAX_PINS = 20_000
MAX_BELOW = 200
MAX_FOLDERS = 10_000
_PASSED_OVER = LEFT_OUT | {"vendor", "node_modules"}
_PYLOCK = re.compile(r"pylock(?:\.[^./]+)?\.toml")
_REQUIREMENTS = re.compile(r"requirements(?:[-_.][A-Za-z0-9_-]+)?\.(?:lock|txt)")
_ADDRESSES = ("dependency-outside-index", "extra-index", "unreadable-lock")


def read_lock(name: str, data: bytes) -> Lock:
    """A lock from its bytes; the name says the kind. Raises nothing: what cannot be read is a fault of the lock."""
    kind = "pylock" if name.endswith(".toml") else "requirements"
    pins: list[Pin] = []
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(f"larger than {MAX_BYTES} bytes")
        pins, faults = (pylock if kind == "pylock" else requirements).read(_text(data))
        if len(pins) > MAX_PINS:
            raise ValueError(f"more than {MAX_PINS} packages")
    except ValueError as error:
        pins, faults = [], [LockFault(rule="unreadable-lock", line=1, package="", message=str(error), hint="")]
    digest = hashlib.sha256(data).hexdigest()
    return Lock(path=name, kind=kind, sha256=digest, pins=tuple(pins), faults=tuple(faults))


def read_file(path: Path) -> Lock:
    """The lock in a file of its own. Raises InvalidPlugin where it cannot be read."""
    return read_lock(path.name, read_member(path.parent, path.name, MAX_BYTES))


def find(folder: Path) -> list[Lock]:
    """The locks at the top of a plugin's folder, `requirements.txt` last. Raises InvalidPlugin for no folder."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise InvalidPlugin(f"cannot read {folder}: {(error.strerror or 'error').lower()}") from None
    pylocks = [name for name in names if _PYLOCK.fullmatch(name)]
    others = [name for name in names if _REQUIREMENTS.fullmatch(name)]
    others.sort(key=lambda name: (not name.endswith(".lock"), name))
    locks = [_member(folder, name) for name in (*pylocks, *others)]
    has_lock = any(lock.path.endswith((".toml", ".lock")) for lock in locks)
    return [_wishes(lock) if _is_wish(lock.path, has_lock) else lock for lock in locks]


def find_below(folder: Path) -> Iterator[Lock]:
    """Those in folders below, which nobody installs: what they name is looked at, and need not be pinned.

    More than MAX_BELOW of them, or more than MAX_FOLDERS folders, are a fault of the last.
    """
    count = 0
    for number, (parent, folders, names) in enumerate(os.walk(folder)):
        folders[:] = sorted(one for one in folders if one not in _PASSED_OVER)
        if parent == str(folder):
            continue
        relative = os.path.relpath(parent, folder)
        for name in sorted(names):
            if _PYLOCK.fullmatch(name) or _REQUIREMENTS.fullmatch(name):
                count += 1
                yield _wishes(_member(folder, f"{relative}/{name}"))
        if count > MAX_BELOW or number > MAX_FOLDERS:
            message = f"there are more than {MAX_BELOW} locks or {MAX_FOLDERS} folders: the rest was not looked at"
            fault = LockFault(rule="unreadable-lock", line=0, package="", message=message, hint="")
            yield Lock(path=relative, kind="unread", sha256="", pins=(), faults=(fault,))
            return


def _is_wish(path: str, has_lock: bool) -> bool:
    """Beside a lock, `requirements.txt` only wishes; `requirements-dev.txt` and its like always do."""
    return path.endswith(".txt") and (has_lock or path != "requirements.txt")


def _member(folder: Path, name: str) -> Lock:
    try:
        return read_lock(name, read_member(folder, name, MAX_BYTES))
    except InvalidPlugin as error:
        fault = LockFault(rule="unreadable-lock", line=0, package="", message=error.message, hint=error.hint)
        return Lock(path=name, kind="unread", sha256="", pins=(), faults=(fault,))


def vendored(folder: Path) -> Iterator[Pin]:
    """The packages that stand in `vendor/`, from the names of their `.dist-info` folders."""
    from packaging.utils import canonicalize_name
    from packaging.version import InvalidVersion, Version

    try:
        names = sorted(os.listdir(folder / "vendor"))
    except OSError:
        return
    for entry in names[:MAX_PINS]:
        name, dash, version = entry.removesuffix(".dist-info").partition("-")
        if not entry.endswith(".dist-info") or not dash:
            continue
        try:
            found = str(Version(version))
        except InvalidVersion:
            found = ""
        yield Pin(name=canonicalize_name(name), version=found, hashes=(), urls=(), marker="", line=0)


def declared(folder: Path) -> list[str]:
    """The names that `pyproject.toml` asks for. Raises InvalidPlugin where it cannot be read."""
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    from ringfence import tomltext

    if not os.path.lexists(folder / "pyproject.toml"):
        return []
    try:
        project = tomltext.load(
            read_member(folder, "pyproject.toml", tomltext.MAX_BYTES), file="pyproject.toml"
        ).data.get("project")
        wanted = project.get("dependencies") if isinstance(project, dict) else None
        names = wanted if isinstance(wanted, list) else []
        return [canonicalize_name(Requirement(str(one)[:4096]).name) for one in names[:MAX_PINS]]
    except (ConfigError, InvalidRequirement, RecursionError) as error:
        raise InvalidPlugin(f"the dependencies in pyproject.toml cannot be read: {str(error)[:200]}") from None


def _wishes(lock: Lock) -> Lock:
    """A `requirements.txt` beside a lock: what it asks for need not be pinned, but may not come from elsewhere."""
    faults = tuple(fault for fault in lock.faults if fault.rule in _ADDRESSES)
    return Lock(path=lock.path, kind="wishes", sha256=lock.sha256, pins=lock.pins, faults=faults)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8 text") from None
