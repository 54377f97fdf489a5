"""The advisories on this machine: one text file, made once, looked into without being read.

The first line is JSON: format, where it came from, when, what it counts, SHA-256 of the rest. Every other line is
`NAME <tab> [entries]`, sorted by name, so that a name is found by bisection in the mapped file. The same records make
the same lines. The digest finds damage; who may write the file is trusted.
"""

import hashlib
import mmap
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from ringfence.advisories.entry import BadAdvisory, Entry, from_compact, moment, one_line, package_name
from ringfence.dataclasses import dataclass
from ringfence.errors import ConfigError, UsageError
from ringfence.plugins.leftovers import clear_away
from ringfence.strictjson import JsonLimits, StrictJsonError, dumps, loads

FORMAT = "ringfence-advisories/1"
#: Advisories older than this are warned of.
MAX_AGE = timedelta(days=7)
MAX_BYTES = 1 << 30
MAX_HEAD = 4096
_LINE = JsonLimits(max_bytes=32 << 20, max_depth=16, max_items=2_000_000)
_HINT = "`ringfence advisories update` fetches them anew"


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """`fetched` is when it was made, `newest` the youngest change in it; `unread` records could not be understood."""

    source: str
    fetched: str
    newest: str
    records: int
    names: int
    malicious: int
    withdrawn: int
    unread: int
    sha256: str

    def age(self, now: datetime) -> timedelta:
        """How old the data are: since they were fetched, or since their youngest change where that is longer."""
        times = [datetime.fromisoformat(one) for one in (self.fetched, self.newest) if one]
        return max(now - one for one in times)


class Snapshot:
    """An open snapshot. `with Snapshot.open(path) as snapshot: snapshot.entries("requests")`."""

    def __init__(self, header: Header, data: "mmap.mmap | bytes", start: int, path: Path) -> None:
        self.header = header
        self._data = data
        self._start = start
        self._path = path

    @classmethod
    def open(cls, path: Path) -> "Snapshot":
        """Raises ConfigError for a file that is missing, damaged or something else."""
        try:
            with open(path, "rb") as file:
                size = os.fstat(file.fileno()).st_size
                if not 0 < size <= MAX_BYTES:
                    raise _damaged(path, f"it has {size} bytes")
                head = file.readline(MAX_HEAD)
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise ConfigError("there are no advisories on this machine", file=str(path), hint=_HINT) from None
        except OSError as error:
            raise ConfigError(f"cannot be read: {(error.strerror or 'error').lower()}", file=str(path)) from None
        try:
            header = _header(head)
            with memoryview(data) as view:
                digest = hashlib.sha256(view[len(head) :]).hexdigest()
            if digest != header.sha256:
                raise BadAdvisory("its digest is not the one that it names")
        except BadAdvisory as error:
            data.close()
            raise _damaged(path, str(error)) from None
        return cls(header, data, len(head), path)

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._data, mmap.mmap):
            self._data.close()

    def entries(self, name: str) -> list[Entry]:
        """What is on record about a package, by its normalised name. Raises ConfigError for a damaged line."""
        wanted = name.encode() + b"\t"
        low, high = self._start, len(self._data)
        while low < high:
            middle = (low + high) // 2
            begin = max(self._data.rfind(b"\n", self._start - 1, middle) + 1, self._start)
            end = self._line_end(begin)
            if (line := self._data[begin : begin + len(wanted)]) == wanted:
                return self._parsed(self._data[begin:end])[1]
            tab = self._data.find(b"\t", begin, end)
            if (line if tab < 0 else self._data[begin : tab + 1]) < wanted:
                low = end
            else:
                high = begin
        return []

    def all(self) -> Iterator[tuple[str, list[Entry]]]:
        """Every name with its entries. Raises ConfigError for a damaged line."""
        begin = self._start
        while begin < len(self._data):
            end = self._line_end(begin)
            yield self._parsed(self._data[begin:end])
            begin = end

    def _line_end(self, begin: int) -> int:
        return (self._data.find(b"\n", begin) + 1) or len(self._data)

    def _parsed(self, line: bytes) -> tuple[str, list[Entry]]:
        name, _, text = line.rstrip(b"\n").partition(b"\t")
        try:
            found = loads(text, limits=_LINE)
            if not isinstance(found, list):
                raise BadAdvisory("a line holds no list")
            return package_name(name.decode("ascii", "replace")), [from_compact(one) for one in found]
        except (StrictJsonError, BadAdvisory) as error:
            raise _damaged(self._path, str(error)) from None


def write(path: Path, entries: Mapping[str, Iterable[Entry]], **known: object) -> Header:
    """Put a snapshot in place, whole or not at all; `known` are the header's counts and times. Raises UsageError."""
    body = bytearray()
    for name in sorted(entries, key=str.encode):
        every = sorted(entries[name], key=lambda entry: entry.id)
        body += name.encode() + b"\t" + dumps([entry.compact() for entry in every]).encode() + b"\n"
    head = {"format": FORMAT} | known | {"names": len(entries), "sha256": hashlib.sha256(body).hexdigest()}
    first = dumps(head).encode() + b"\n"
    header = _header(first)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_away(path)
        with open(temporary, "xb") as file:
            file.write(first)
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {(error.strerror or 'error').lower()}") from None
    finally:
        with suppress(OSError):
            temporary.unlink()
    return header


def is_snapshot(head: bytes) -> bool:
    """Whether a file that begins so is a snapshot."""
    return head.startswith(f'{{"format":"{FORMAT}"'.encode())


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def _header(line: bytes) -> Header:
    try:
        value = loads(line.rstrip(b"\n"), limits=JsonLimits(max_bytes=MAX_HEAD, max_depth=2))
    except StrictJsonError:
        raise BadAdvisory("its first line is not that of advisories") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT or not line.endswith(b"\n"):
        raise BadAdvisory(f"it is not of the format {FORMAT}")
    counts = {}
    for name in ("records", "names", "malicious", "withdrawn", "unread"):
        count = value.get(name)
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise BadAdvisory(f"its {name} is no count")
        counts[name] = count
    try:
        fetched, newest = moment(value.get("fetched")), moment(value.get("newest"))
        datetime.fromisoformat(fetched), datetime.fromisoformat(newest)
    except ValueError as error:
        raise BadAdvisory(str(error)) from None
    digest = value.get("sha256")
    return Header(
        source=one_line(value.get("source")),
        fetched=fetched,
        newest=newest,
        sha256=digest if isinstance(digest, str) else "",
        **counts,
    )


def _damaged(path: Path, why: str) -> ConfigError:
    return ConfigError(f"these are no advisories, or they are damaged: {why}", file=str(path), hint=_HINT)
