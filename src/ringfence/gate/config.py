"""ringfence.toml: found, checked for who can change it, and read with the line of every mistake."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from ringfence import tomltext
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError
from ringfence.gate.grants import Grant, read_grants
from ringfence.gate.state import config_home, state_dir
from ringfence.plugins.fields import Fields, Report

NAME = "ringfence.toml"
CELLS = ("bubblewrap", "prefork", "subprocess")
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """The configuration in force. `file` is None where there is none: then nothing is granted."""

    file: Path | None
    grants: Mapping[str, Grant]
    journal: Path
    segment_bytes: int
    segment_days: int


def find(named: str | None) -> Path | None:
    """The file to use: `named`, else $RINGFENCE_CONFIG, the nearest upwards, the user's own."""
    explicit = named or os.environ.get("RINGFENCE_CONFIG")
    if explicit:
        return Path(explicit).absolute()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return folder / NAME
    own = config_home() / NAME
    return own if own.is_file() else None


def load(named: str | None = None) -> Config:
    """Find, check and read the configuration. Raises ConfigError."""
    file = find(named)
    if file is None:
        return _config(None, Fields(Report(tomltext.load("", file=NAME)), (), {}))
    return parse(read_trusted(file), file)


def parse(text: bytes, file: Path) -> Config:
    """The configuration that `text` stands for. Raises ConfigError with file and line."""
    document = tomltext.load(text, file=str(file))
    report = Report(document)
    config = _config(file, Fields(report, (), document.data))
    if report.problems:
        first = min(report.problems, key=lambda p: p.line)
        more = f" (and {len(report.problems) - 1} more)" if len(report.problems) > 1 else ""
        raise ConfigError(first.message + more, file=str(file), line=first.line, hint=first.hint)
    return config


def _config(file: Path | None, fields: Fields) -> Config:
    base = file.parent if file else Path.cwd()
    journal = fields.table("journal")
    path = journal.text("path", longest=4096) if journal else ""
    size = journal.number("segment_mib", low=1, high=4096, unit="MiB") if journal else None
    days = journal.number("segment_days", low=1, high=366, unit="days") if journal else None
    if journal:
        journal.close()
    granted = fields.table("grants")
    grants = read_grants(granted, base) if granted else {}
    fields.close()
    return Config(
        file=file,
        grants=grants,
        journal=base / path if path else state_dir() / "journal",
        segment_bytes=(size or 64) * 1024 * 1024,
        segment_days=days or 7,
    )


def read_trusted(file: Path) -> bytes:
    """The bytes of a file that nobody but its owner (or root) could have written. Raises ConfigError."""
    try:
        fd = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", file=str(file)) from error
    with os.fdopen(fd, "rb") as handle:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise ConfigError("is not a regular file", file=str(file))
        _check_owner(status, file, "the file")
        _check_owner(os.stat(file.parent), file, "its folder")
        data = handle.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ConfigError(f"is larger than {_MAX_BYTES} bytes", file=str(file))
    return data


def _check_owner(status: os.stat_result, file: Path, what: str) -> None:
    folder = stat.S_ISDIR(status.st_mode)
    if folder and status.st_mode & stat.S_ISVTX:
        return  # as in /tmp: others can add names there, not replace this one
    if status.st_uid not in (0, os.geteuid()):
        raise ConfigError(
            f"{what} belongs to user {status.st_uid}, who could grant anything in your name",
            file=str(file),
            hint="use a configuration of your own, or name another with --config",
        )
    if status.st_mode & stat.S_IWOTH or (status.st_mode & stat.S_IWGRP and status.st_gid not in (0, os.getegid())):
        raise ConfigError(
            f"{what} can be written by others, who could grant anything in your name",
            file=str(file),
            hint=f"chmod go-w {file.parent if folder else file}",
        )
