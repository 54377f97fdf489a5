"""How fast the journal is: durable appends beside raw write + fdatasync, verify beside bare SHA-256.

    python -m bench.journal [DIR]      (DIR: where the scratch files go; default: the temporary directory)

Everything in one run on one machine. Latencies are per append, as each writer sees them.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from ringfence.journal import Journal, line, record, verify
from ringfence.journal.layout import segment_name

_WRITERS = 16


@dataclass(frozen=True)
class Extent:
    """For how long each kind of append goes on, and what is verified how often."""

    seconds: float
    records: int
    rounds: int


_WHOLE = Extent(seconds=1.0, records=100_000, rounds=5)
_SMOKE = Extent(seconds=0.05, records=1000, rounds=1)

ENTRY: dict[str, object] = {
    "type": "outcome",
    "time": "2026-01-31T12:00:00.123456Z",
    "hostname": "host.example",
    "pid": 4711,
    "request_id": "00000000-0000-4000-8000-000000000000",
    "caller": {"uid": 1000, "gid": 1000, "pid": 99, "via": "cli"},
    "plugin": "text-report",
    "version": "1.0.0",
    "digest": "a" * 64,
    "method": "build",
    "arguments_digest": "b" * 64,
    "cell": "bubblewrap",
    "status": "ok",
    "duration_us": {"total": 12345, "cell": 9000, "plugin": 3000},
}

Row = tuple[str, ...]
HEADERS: Row = ("journal", "median", "p95", "floor", "ratio")


def run(smoke: bool = False, directory: Path | None = None) -> list[Row]:
    """Measure; rows of (name, median, p95, floor, ratio). Takes about ten seconds."""
    extent = _SMOKE if smoke else _WHOLE
    with _scratch(directory) as base:
        size = len(line.make(line.NO_LEAF, record.encode(ENTRY), 1000)) + 1
        floor = _raw(base / "raw", size, extent.seconds)
        rows = [_row(f"write + fdatasync, {size} bytes, 1 writer (floor)", floor, floor)]
        rows.append(_row("append, 1 writer", _threads(base / "one", 1, extent.seconds), floor))
        rows.append(_row(f"append, {_WRITERS} threads", _threads(base / "threads", _WRITERS, extent.seconds), floor))
        rows.append(
            _row(f"append, {_WRITERS} processes", _processes(base / "processes", _WRITERS, extent.seconds), floor)
        )
        rows.append(_open_row(base / "one", extent.seconds))
        return [*rows, *_verify_rows(base / "verify", extent)]


def main() -> None:
    """Print the table."""
    rows = [HEADERS, *run(directory=Path(sys.argv[1]) if len(sys.argv) > 1 else None)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADERS))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


class _Sample:
    """Latencies in seconds, and how many a second there were in all."""

    def __init__(self, latencies: list[float], seconds: float) -> None:
        self.sorted = sorted(latencies)
        self.rate = len(latencies) / seconds

    def at(self, quantile: float) -> str:
        return f"{self.sorted[int(quantile * (len(self.sorted) - 1))] * 1000:.3f} ms"


def _row(name: str, sample: _Sample, floor: _Sample) -> Row:
    rate = f"{name}: {sample.rate:,.0f}/s"
    return rate, sample.at(0.5), sample.at(0.95), f"{floor.rate:,.0f}/s", f"{sample.rate / floor.rate:.2f}"


def _timed(work: Callable[[], object], seconds: float) -> list[float]:
    """Do the work over and over for a while; how long each time took."""
    latencies: list[float] = []
    begin = now = time.perf_counter()
    while now - begin < seconds:
        work()
        then, now = now, time.perf_counter()
        latencies.append(now - then)
    return latencies


def _raw(path: Path, size: int, seconds: float) -> _Sample:
    data = b"x" * size
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def work() -> None:
        os.write(fd, data)
        os.fdatasync(fd)

    latencies = _timed(work, seconds)
    os.close(fd)
    return _Sample(latencies, sum(latencies))


def _threads(directory: Path, count: int, seconds: float) -> _Sample:
    latencies: list[float] = []
    with Journal.open(directory) as journal:
        threads = [
            threading.Thread(target=lambda: latencies.extend(_timed(lambda: journal.append(ENTRY), seconds)))
            for _ in range(count)
        ]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return _Sample(latencies, time.perf_counter() - begin)


def _process(directory: Path, seconds: float, results: "SimpleQueue[list[float]]") -> None:
    with Journal.open(directory) as journal:
        results.put(_timed(lambda: journal.append(ENTRY), seconds))


def _processes(directory: Path, count: int, seconds: float) -> _Sample:
    results: SimpleQueue[list[float]] = multiprocessing.SimpleQueue()
    workers = [multiprocessing.Process(target=_process, args=(directory, seconds, results)) for _ in range(count)]
    begin = time.perf_counter()
    for worker in workers:
        worker.start()
    latencies = [latency for _ in workers for latency in results.get()]
    spent = time.perf_counter() - begin
    for worker in workers:
        worker.join()
    return _Sample(latencies, spent)


def _open_row(directory: Path, seconds: float) -> Row:
    """Opening a journal that has thousands of records and closing it again, as a one-shot run does."""
    latencies = _timed(lambda: Journal.open(directory).close(), seconds)
    sample = _Sample(latencies, sum(latencies))
    return f"open and close: {sample.rate:,.0f}/s", sample.at(0.5), sample.at(0.95), "-", "-"


def _verify_rows(directory: Path, extent: Extent) -> list[Row]:
    count, rounds = extent.records, extent.rounds
    lines = _long_journal(directory, count)
    floor = min(_once(lambda: [sha256(text).digest() for text in lines]) for _ in range(rounds))
    rows: list[Row] = []
    for name, deep in (("verify", False), ("verify --deep", True)):
        work = partial(verify.verify, directory, deep=deep)
        times = sorted(_once(work) for _ in range(rounds))
        median, worst = (f"{count / times[at]:,.0f}/s" for at in (rounds // 2, -1))
        ratio = f"{floor / times[rounds // 2]:.2f}"
        rows.append((f"{name}, {count:,} records", median, worst, f"{count / floor:,.0f}/s", ratio))
    return rows


def _long_journal(directory: Path, count: int) -> list[bytes]:
    """A journal made without the syncs, and then signed like any other."""
    directory.mkdir(mode=0o700)
    lines: list[bytes] = []
    last, body = line.NO_LEAF, record.encode(ENTRY)
    for seq in range(count):
        lines.append(line.make(last, body, seq))
        last = line.leaf(lines[-1])
    (directory / segment_name(0)).write_bytes(b"\n".join(lines) + b"\n")
    with Journal.open(directory) as journal:
        journal.checkpoint()
    return lines


def _once(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@contextmanager
def _scratch(directory: Path | None) -> Iterator[Path]:
    base = Path(tempfile.mkdtemp(prefix="ringfence-bench-", dir=directory))
    try:
        yield base
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
