"""Reading records back: in order, filtered, and followed as they come.

Reading never takes the lock and never judges: a line that cannot be read is given as None
and left to verify. Only whole lines are given, so a reader never sees half a record.
"""

import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ringfence.dataclasses import dataclass
from ringfence.errors import JournalUnavailable, UsageError
from ringfence.journal import layout
from ringfence.journal.line import Entry, parse

_CHUNK = 1 << 20
_AGO = re.compile(r"(\d{1,6})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """Which records are wanted; None wants all. `after` is a record number, times are aware."""

    plugin: str | None = None
    method: str | None = None
    status: str | None = None
    code: str | None = None
    type: str | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: int | None = None

    def wants(self, entry: Entry) -> bool:
        """Whether the entry fits. A record without a readable time fits no time bound."""
        record = entry.record
        if self.after is not None and entry.seq <= self.after:
            return False
        for name in ("plugin", "method", "status", "code", "type", "request_id"):
            wanted = getattr(self, name)
            if wanted is not None and record.get(name) != wanted:
                return False
        if self.since is None and self.until is None:
            return True
        at = moment(record.get("time"))
        return at is not None and (self.since or at) <= at <= (self.until or at)


def records(directory: Path, wanted: Filter, *, last: int | None = None) -> Iterator[Entry]:
    """The wanted entries, oldest first; with `last`, only that many of the newest."""
    chosen = (entry for entry in _present(directory, wanted.after) if wanted.wants(entry))
    return chosen if last is None else iter(deque(chosen, maxlen=last))


def follow(directory: Path, wanted: Filter, *, last: int | None = None, pause: float = 0.2) -> Iterator[Entry]:
    """The wanted entries that are there, then those that come, for ever."""
    tail = _Tail(directory)
    yield from deque((entry for entry in tail.poll() if wanted.wants(entry)), maxlen=last)
    while True:
        yield from (entry for entry in tail.poll() if wanted.wants(entry))
        time.sleep(pause)


def moment(text: object) -> datetime | None:
    """An ISO 8601 time as an aware one (UTC where it names no zone), or None."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def parse_when(text: str) -> datetime:
    """What a user writes as a time: ISO 8601, or an age such as 90s, 15m, 2h, 7d, 4w. Raises UsageError."""
    if ago := _AGO.fullmatch(text):
        return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    at = moment(text)
    if at is None:
        raise UsageError(f"{text!a} is no time", hint="write 2026-01-31T12:00:00Z, 2026-01-31, or an age: 15m, 2h, 7d")
    return at


def _present(directory: Path, after: int | None) -> Iterator[Entry]:
    firsts = layout.segments(directory)
    if not firsts:
        raise JournalUnavailable(f"there is no journal in {directory}", hint="the first `ringfence run` makes one")
    for at, first in enumerate(firsts):
        behind = at + 1 < len(firsts) and after is not None and firsts[at + 1] <= after
        if not behind:
            yield from _Segment(directory, first).more()


class _Segment:
    """One segment, read as far as its whole lines go."""

    def __init__(self, directory: Path, first: int) -> None:
        self._path = directory / layout.segment_name(first)
        self._offset = 0

    def more(self) -> Iterator[Entry]:
        """The entries that came since the last time."""
        rest = b""
        with open(self._path, "rb", buffering=0) as file:
            file.seek(self._offset)
            while chunk := file.read(_CHUNK):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._offset += len(line) + 1
                    if entry := parse(line):
                        yield entry


class _Tail:
    """All segments, and the place up to which they were read."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._at: tuple[int, _Segment] | None = None

    def poll(self) -> Iterable[Entry]:
        """What came since the last time, across rotations."""
        if self._at is not None:
            yield from self._at[1].more()
        for first in layout.segments(self._directory):
            if self._at is None or first > self._at[0]:
                self._at = (first, _Segment(self._directory, first))
                yield from self._at[1].more()
