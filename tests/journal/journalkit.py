"""What the journal's tests share: records, journals with known content, crashing children."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

from ringfence.journal import Journal


def record(number: int = 0, **more: object) -> dict[str, object]:
    """A record as the gate writes it."""
    base: dict[str, object] = {
        "type": "outcome",
        "time": "2026-01-31T12:00:00.123456Z",
        "hostname": "host.example",
        "pid": 4711,
        "request_id": f"00000000-0000-4000-8000-{number:012d}",
        "caller": {"uid": 1000, "gid": 1000, "pid": 99, "via": "cli"},
        "plugin": "text-report",
        "version": "1.0.0",
        "method": "build",
        "status": "ok",
        "duration_us": {"total": 12345},
    }
    return base | more


def fill(directory: Path, count: int, *, segment_bytes: int = 64 << 20) -> None:
    """A closed, signed journal of `count` records."""
    with Journal.open(directory, segment_bytes=segment_bytes, checkpoint_records=1 << 30) as journal:
        for number in range(count):
            journal.append(record(number))
        journal.checkpoint()


def fresh_copy(source: Path, target: Path) -> Path:
    """`target` as an exact copy of `source`, whatever was there before."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked child; its exit status (negative: the signal that ended it)."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class CrashAt:
    """Makes this process die by SIGKILL at its `n`-th change to the file system; in a write, half-way."""

    CALLS = ("write", "pwrite", "ftruncate", "fsync", "fdatasync", "replace", "open", "posix_fallocate", "mkdir")

    def __init__(self, n: int) -> None:
        self._left = n
        for name in self.CALLS:
            setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def crashing(*args: object, **kwargs: object) -> object:
            self._left -= 1
            if self._left == 0:
                if name == "write":
                    data = bytes(args[1])  # type: ignore[call-overload]
                    call(args[0], data[: len(data) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return crashing
