"""Granted paths as they are now: there, unswapped, within reach of the user that cells run as."""

import os
import stat
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import NotGranted
from ringfence.model import Mount

_CELL_USER = 65532


@dataclass(frozen=True, slots=True)
class Private:
    """What no grant may show (`hidden`: state, journal), and what none may let be changed (`fixed`: configuration)."""

    hidden: tuple[str, ...]
    fixed: tuple[str, ...]


def private(state: Path, journal: Path, config: Path | None) -> Private:
    """Ringfence's own places, as real paths."""
    fixed = (os.path.realpath(config),) if config else ()
    return Private((os.path.realpath(state), os.path.realpath(journal)), fixed)


def check(mounts: tuple[Mount, ...], own: Private) -> None:
    """Raises NotGranted for the first mount that would not be what was granted, or shows what is `own`."""
    for mount in mounts:
        if mount.target == "/plugin":
            continue
        name = mount.grant or mount.target
        if not os.path.lexists(mount.source):
            raise NotGranted(
                f"the granted path of {name} does not exist: {mount.source}", hint="create it, or grant another"
            )
        if os.path.realpath(mount.source) != mount.source:
            raise NotGranted(
                f"the granted path of {name} now leads elsewhere: {mount.source} is a link, or below one",
                hint="grant the real path",
            )
        if any(_overlap(mount.source, place) for place in own.hidden):
            raise NotGranted(f"the granted path of {name} shows Ringfence's own state: {mount.source}")
        if mount.writable and any(_overlap(mount.source, place) for place in own.fixed):
            raise NotGranted(f"the granted path of {name} holds the configuration, and may be written: {mount.source}")
        if (closed := closed_to_cells(mount.source, writable=mount.writable)) is not None:
            raise NotGranted(
                f"the granted path of {name} is closed to user {_CELL_USER}, as whom cells of root run: {closed}",
                hint=f"chmod o+{'rwx' if mount.writable and closed == mount.source else 'rx'} {closed}, or chown it",
            )


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def closed_to_cells(path: str, *, writable: bool) -> str | None:
    """The first part of `path` that a cell started by root could not pass; None where all is open."""
    if os.geteuid() != 0:
        return None
    parts = [path]
    while parts[-1] != "/":
        parts.append(os.path.dirname(parts[-1]))
    for part in reversed(parts):
        status = os.stat(part)
        last = part == path
        need = 1 if not last else (4 | (2 if writable else 0) | (1 if stat.S_ISDIR(status.st_mode) else 0))
        if _allowed(status) & need != need:
            return part
    return None


def _allowed(status: os.stat_result) -> int:
    """The permission bits of user and group 65532, who is in no other group."""
    if status.st_uid == _CELL_USER:
        return status.st_mode >> 6 & 7
    if status.st_gid == _CELL_USER:
        return status.st_mode >> 3 & 7
    return status.st_mode & 7
