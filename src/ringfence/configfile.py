"""ringfence.toml: where it is found, and whether it can be trusted. What stands in it is read elsewhere."""

import os
import stat
import time
from pathlib import Path

from ringfence.errors import ConfigError

NAME = "ringfence.toml"
_MAX_BYTES = 1024 * 1024
#: Nanoseconds; the coarsest tick of common kernels is 10 ms.
_SETTLED = 100_000_000


def find(named: str | None) -> Path | None:
    """The file to use: `named`, else $RINGFENCE_CONFIG, the nearest upwards, the user's own."""
    explicit = named or os.environ.get("RINGFENCE_CONFIG")
    try:
        if explicit:
            return Path(explicit).absolute()
        here = Path.cwd()
    except FileNotFoundError:
        raise ConfigError("the working directory does not exist any more") from None
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return folder / NAME
    own = config_home() / NAME
    return own if own.is_file() else None


def is_chosen(file: Path, named: str | None) -> bool:
    """Whether somebody said to use a file, or keeps it among his own. Any other lay where he happened to stand."""
    return bool(named or os.environ.get("RINGFENCE_CONFIG")) or file == config_home() / NAME


def config_home() -> Path:
    """The folder of the user's own configuration (XDG Base Directory)."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser().absolute() / "ringfence"


def read_trusted(file: Path) -> bytes:
    """The bytes of a file that nobody but its owner (or root) could have written. Raises ConfigError."""
    try:
        fd = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", file=str(file)) from error
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        os.close(fd)
        raise ConfigError("is not a regular file", file=str(file))
    with os.fdopen(fd, "rb") as handle:
        check_owner(status, file, "the file", file)
        check_owner(os.stat(file.parent), file.parent, "its folder", file)
        data = handle.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ConfigError(f"is larger than {_MAX_BYTES} bytes", file=str(file))
    return data


def check_owner(status: os.stat_result, place: Path, what: str, file: Path) -> None:
    """Refuse a place that others could change; `what` names it in a sentence about `file`. Raises ConfigError."""
    if status.st_uid not in (0, os.geteuid()):
        raise ConfigError(
            f"{what} belongs to user {status.st_uid}, who could grant anything in your name",
            file=str(file),
            hint="use a configuration of your own, or name another with --config",
        )
    if stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX:
        return  # as in /tmp: others than its owner can add names there, not replace this one
    if status.st_mode & stat.S_IWOTH or (status.st_mode & stat.S_IWGRP and status.st_gid not in (0, os.getegid())):
        raise ConfigError(
            f"{what} can be written by others, who could grant anything in your name",
            file=str(file),
            hint=f"chmod go-w {place}",
        )


def stamp(file: Path) -> tuple[int, ...] | None:
    """What changes where a file, or who may change it, does; None where it is not there, or was changed just now."""
    try:
        own, folder = os.stat(file), os.stat(file.parent)
    except OSError:
        return None
    if max(own.st_mtime_ns, own.st_ctime_ns) > time.time_ns() - _SETTLED:
        return None  # within one tick of the clock it could change again, and look the same
    return (
        *(own.st_dev, own.st_ino, own.st_size, own.st_mode, own.st_uid, own.st_gid, own.st_mtime_ns, own.st_ctime_ns),
        *(folder.st_mode, folder.st_uid, folder.st_gid),
    )
