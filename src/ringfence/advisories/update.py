"""`ringfence advisories update`: from a source to the snapshot of this machine, whole or not at all.

An update that would take away (older data, far fewer records, many that cannot be read) is refused, for that is what a
frozen or a cut-off source looks like, unless it is asked for by name.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ringfence.advisories import osv, snapshot, sources
from ringfence.advisories.entry import BadAdvisory, Entry
from ringfence.advisories.ranges import Verdict, judge
from ringfence.advisories.snapshot import Header, Snapshot
from ringfence.errors import ConfigError, UsageError

#: Every advisory about PyPI, malicious packages among them, as OSV publishes it.
OSV_PYPI = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"
#: One in so many records may be gone, one in so many be unreadable.
_GONE, _UNREADABLE = 10, 100


class _Gathered:
    """What was read so far."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Entry]] = {}
        self.records = self.malicious = self.withdrawn = self.unread = self.seen = 0
        self.newest = ""
        self.first_fault = ""

    def take(self, label: str, data: bytes, latest: str) -> None:
        """One record."""
        self.seen += 1
        try:
            record = osv.parse(data)
            found = osv.entries(record)
        except BadAdvisory as error:
            self.unread += 1
            self.first_fault = self.first_fault or f"{label[-100:]}: {error}"
            return
        if isinstance(record, dict) and osv.is_withdrawn(record):
            self.withdrawn += 1
        for name, entry in found.items():
            self.put(name, _lean(entry))
        self.count(list(found.values())[:1], latest)

    def put(self, name: str, entry: Entry) -> None:
        """The younger of two records of one identifier stays."""
        known = self.entries.setdefault(name, {})
        if entry.id not in known or known[entry.id].modified <= entry.modified:
            known[entry.id] = entry

    def count(self, found: list[Entry], latest: str) -> None:
        """A time in the future does not make data young."""
        for entry in found:
            self.records += 1
            self.malicious += entry.malicious
            if entry.modified <= latest:
                self.newest = max(self.newest, entry.modified)


def update(
    source: str,
    path: Path,
    *,
    now: datetime,
    accept_less: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Header:
    """Read `source` (a file, a folder, an https: or file: address) into the snapshot at `path`. Raises UsageError."""
    stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    with _at_hand(source) as place:
        gathered = _gather(place, stamp, progress)
    if not gathered.records:
        raise UsageError(
            f"{source} holds no advisories about packages of PyPI"
            + (f" that can be read ({gathered.first_fault})" if gathered.first_fault else ""),
            hint="the data on this machine stay as they are",
        )
    if not accept_less:
        _refuse_less(gathered, path)
    return snapshot.write(
        path,
        {name: list(found.values()) for name, found in gathered.entries.items()},
        source=source[:500],
        fetched=stamp,
        newest=gathered.newest or "1970-01-01T00:00:00Z",
        records=gathered.records,
        malicious=gathered.malicious,
        withdrawn=gathered.withdrawn,
        unread=gathered.unread,
    )


def _gather(place: Path, stamp: str, progress: Callable[[int], None] | None) -> _Gathered:
    gathered = _Gathered()
    if _is_snapshot(place):
        _from_snapshot(place, stamp, gathered)
        return gathered
    for label, data in sources.records(place):
        gathered.take(label, data, stamp)
        if progress and gathered.seen % 500 == 0:
            progress(gathered.seen)
    return gathered


def _from_snapshot(place: Path, stamp: str, gathered: _Gathered) -> None:
    with Snapshot.open(place) as held:
        seen: set[str] = set()
        for name, found in held.all():
            for entry in found:
                gathered.put(name, entry)
                gathered.count([] if entry.id in seen else [entry], stamp)
                seen.add(entry.id)
        gathered.withdrawn, gathered.unread = held.header.withdrawn, held.header.unread
        gathered.seen = gathered.records + gathered.unread


def _is_snapshot(place: Path) -> bool:
    if not place.is_file():
        return False
    try:
        with open(place, "rb") as file:
            return snapshot.is_snapshot(file.read(64))
    except OSError:
        return False


def _lean(entry: Entry) -> Entry:
    """Without the versions that the ranges cover anyway: most lists of versions only spell a range out."""
    from ringfence.dataclasses import replace

    bare = replace(entry, versions=())
    kept = tuple(one for one in entry.versions if judge(one, bare) is not Verdict.AFFECTED)
    return replace(entry, versions=kept)


def _refuse_less(gathered: _Gathered, path: Path) -> None:
    hint = "the data on this machine stay as they are; --accept-less takes these all the same"
    if gathered.unread * _UNREADABLE > gathered.seen:
        said = f"{gathered.unread} of {gathered.seen} records cannot be read, the first: {gathered.first_fault}"
        raise UsageError(said, hint=hint)
    try:
        with Snapshot.open(path) as held:
            old = held.header
    except ConfigError:
        return
    if gathered.newest < old.newest:
        raise UsageError(f"these advisories end at {gathered.newest}, those at hand at {old.newest}", hint=hint)
    if gathered.records * _GONE < old.records * (_GONE - 1):
        raise UsageError(f"these are {gathered.records} advisories, those at hand {old.records}", hint=hint)


@contextmanager
def _at_hand(source: str) -> Iterator[Path]:
    """The source as a path: fetched where it is an address, into a file that goes away."""
    from ringfence.advisories.fetch import fetch
    from ringfence.network.addresses import as_path

    if "://" not in source and not source.startswith("file:"):
        if not os.path.lexists(source):
            raise UsageError(f"there is no {source}", hint=f"for example {OSV_PYPI}")
        yield Path(source)
    elif source.startswith("file:"):
        yield as_path(source)
    else:
        with tempfile.TemporaryDirectory(prefix="ringfence-advisories-") as folder:
            target = Path(folder, "fetched" + Path(source.split("?")[0]).suffix)
            fetch(source, target, at_most=sources.MAX_ARCHIVE)
            yield target
