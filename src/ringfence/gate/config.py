"""ringfence.toml: found, checked for who can change it, and read with the line of every mistake."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence import tomltext
from ringfence.configfile import NAME, find, is_chosen, read_trusted, stamp
from ringfence.dataclasses import dataclass, replace
from ringfence.errors import ConfigError
from ringfence.gate import trust
from ringfence.gate.grants import Grant, read_grants
from ringfence.gate.state import state_dir
from ringfence.plugins.fields import Fields, Report

if TYPE_CHECKING:
    from ringfence.cells.containersettings import Settings
    from ringfence.journal import Journal


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """The configuration in force. `file` is None where there is none: then nothing is granted."""

    file: Path | None
    grants: Mapping[str, Grant]
    journal: Path
    segment_bytes: int
    segment_days: int
    #: What is chosen of container cells; None where nothing is.
    container: "Settings | None" = None
    #: What tells whether the file is still as it was when it was read; None where that cannot be told.
    stamp: tuple[int, ...] | None = None
    #: Whether nobody named the file: it lay in the working directory or above it.
    found: bool = False
    #: Whether such a file was written or allowed here as it is now.
    holds: bool = True

    @property
    def decides(self) -> bool:
        """Whether anything follows from it: what is granted, where records go, what runs containers."""
        return bool(self.grants) or self.container is not None or self.journal != state_dir() / "journal"

    def open_journal(self) -> "Journal":
        """The journal that it names, in segments as it says. Raises JournalUnavailable."""
        from ringfence.journal import Journal

        return Journal.open(self.journal, segment_bytes=self.segment_bytes, segment_seconds=self.segment_days * 86_400)


def load(named: str | None = None, *, to_show: bool = False) -> Config:
    """Find, check and read the configuration; `to_show`: also one that does not hold here. Raises ConfigError."""
    file = find(named)
    if file is None:
        return _config(None, Fields(Report(tomltext.load("", file=NAME)), (), {}))
    return read(file, found=not is_chosen(file, named), to_show=to_show)


def read(file: Path, *, found: bool, to_show: bool = False) -> Config:
    """What a file says, where it holds. `found`: nobody named it. Raises ConfigError."""
    before = stamp(file)
    text = read_trusted(file)
    config = parse(text, file)
    holds = not (found and config.decides) or trust.holds(file, text)
    if not holds and not to_show:
        raise trust.refusal(file)
    return replace(config, stamp=before, found=found, holds=holds)


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
    containers = fields.table("container")
    container = _container(containers) if containers else None
    fields.table("audit")  # read by `ringfence audit`
    fields.close()
    return Config(
        file=file,
        grants=grants,
        journal=base / path if path else state_dir() / "journal",
        segment_bytes=(size or 64) * 1024 * 1024,
        segment_days=days or 7,
        container=container,
    )


def _container(table: Fields) -> "Settings":
    from ringfence.cells.containersettings import Settings

    read = {key: table.text(key, longest=4096) or None for key in ("engine", "image", "runtime")}
    allowed = {}
    for key in ("allow_host_cgroup_namespace", "allow_unexamined_runtime"):
        allowed[key] = table.value(key) is True
        if table.value(key) not in (None, True, False):
            table.error(key, f"{key} must be true or false")
    table.close()
    return Settings(
        engine=read["engine"],
        image=read["image"],
        runtime=read["runtime"],
        allow_host_cgroup_namespace=allowed["allow_host_cgroup_namespace"],
        allow_unexamined_runtime=allowed["allow_unexamined_runtime"],
    )


__all__ = ["NAME", "Config", "find", "load", "parse", "read", "read_trusted"]
