"""Bounds on a whole cell, and what it has used: cgroup v1, cgroup v2, or the process tree.

One small interface, `Account`: `sample()` says what all processes of the cell use together,
`oom()` whether the kernel killed for memory, `close()` removes it. Where no cgroup can be made
the account reads /proc, and the parent kills a cell that is over; the rlimits stand beside it.
"""

import itertools
import os
import time
from pathlib import Path
from typing import Protocol

from ringfence.dataclasses import dataclass
from ringfence.errors import SandboxUnavailable
from ringfence.model import Limits

_MOUNTS = Path("/sys/fs/cgroup")
_PERIOD_US = 100_000
_V1_NEEDED = ("memory", "pids", "cpu", "cpuacct")
_V2_NEEDED = ("memory", "pids", "cpu")
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Sample:
    """What a cell uses: resident memory now (bytes) and processor time so far (microseconds)."""

    memory_bytes: int
    cpu_us: int


class Account(Protocol):
    """The bounds and the use of one cell."""

    kind: str

    def sample(self) -> Sample | None:
        """Use of the whole cell, or None where it can no longer be read."""

    def oom(self) -> bool:
        """Whether the kernel killed a process of the cell for its memory."""

    def close(self) -> None:
        """Remove it; the cell must be dead."""


class Accountant(Protocol):
    """Makes accounts of one kind."""

    kind: str

    def open(self, limits: Limits, pid: int) -> Account:
        """Bound the process `pid` and all that it will start; raises SandboxUnavailable."""


def find(mounts: Path = _MOUNTS) -> Accountant:
    """The strongest accountant this process may use: v2, v1, or the process tree."""
    for candidate in (_find_v2(mounts), _find_v1(mounts)):
        if candidate is not None:
            candidate.sweep()
            return candidate
    return ProcTree()


def _own_groups() -> dict[str, str]:
    groups = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            groups[controller.removeprefix("name=") if controllers else ""] = path
    return groups


def _find_v1(mounts: Path) -> "V1 | None":
    own = _own_groups()
    bases = {}
    for controller in _V1_NEEDED:
        top = mounts / controller
        base = top / own.get(controller, "/").lstrip("/")
        base = base if base.is_dir() else top
        if not (base / "cgroup.procs").exists() or not os.access(base, os.W_OK):
            return None
        bases[controller] = base / "ringfence"
    return V1(bases)


def _find_v2(mounts: Path) -> "V2 | None":
    """A v2 group that may be divided: $RINGFENCE_CGROUP (delegated to the user), or the top as root."""
    named = os.environ.get("RINGFENCE_CGROUP")
    base = Path(named) if named else mounts
    try:
        offered = (base / "cgroup.controllers").read_text().split()
        if not set(_V2_NEEDED) <= set(offered) or not os.access(base, os.W_OK):
            return None
        group = base / "ringfence"
        _write(base / "cgroup.subtree_control", " ".join(f"+{c}" for c in _V2_NEEDED))
        group.mkdir(exist_ok=True)
        _write(group / "cgroup.subtree_control", " ".join(f"+{c}" for c in _V2_NEEDED))
    except OSError:
        return None
    return V2(group)


def _write(path: Path, value: object) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(fd, str(value).encode())
    finally:
        os.close(fd)


def _name() -> str:
    return f"{os.getpid()}-{_started(os.getpid())}-{next(_numbers)}"


def _started(pid: int) -> int:
    """When a process began, in clock ticks since boot: with the pid, its true name."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0


def _sweep(base: Path) -> None:
    """Remove groups whose owner is gone (it was killed before it could)."""
    if not base.is_dir():
        return
    for group in base.iterdir():
        pid, _, rest = group.name.partition("-")
        if pid.isdigit() and group.is_dir() and str(_started(int(pid))) != rest.partition("-")[0]:
            _remove(group)


def _remove(group: Path) -> None:
    """rmdir, again for a while: dying processes leave a group a little after they are reaped."""
    for _ in range(200):
        try:
            group.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.005)
        else:
            return


class V1:
    """cgroup v1: one hierarchy a controller."""

    kind = "cgroup-v1"

    def __init__(self, bases: dict[str, Path]) -> None:
        self._bases = bases

    def sweep(self) -> None:
        """Remove what killed processes left."""
        for base in self._bases.values():
            _sweep(base)

    def open(self, limits: Limits, pid: int) -> Account:
        """Make, bound and enter four groups."""
        name = _name()
        groups = {controller: base / name for controller, base in self._bases.items()}
        try:
            for group in groups.values():
                group.mkdir(parents=True)
            _write(groups["memory"] / "memory.limit_in_bytes", limits.memory_bytes)
            swap = groups["memory"] / "memory.memsw.limit_in_bytes"
            if swap.exists():
                _write(swap, limits.memory_bytes)
            _write(groups["pids"] / "pids.max", limits.processes)
            _write(groups["cpu"] / "cpu.cfs_period_us", _PERIOD_US)
            _write(groups["cpu"] / "cpu.cfs_quota_us", _quota(limits))
            for group in groups.values():
                _write(group / "cgroup.procs", pid)
        except OSError as error:
            for group in groups.values():
                _remove(group)
            raise SandboxUnavailable(f"the cell's cgroup could not be set up: {error}") from error
        return _V1Account(groups)


class _V1Account:
    kind = "cgroup-v1"

    def __init__(self, groups: dict[str, Path]) -> None:
        self._groups = groups

    def sample(self) -> Sample | None:
        try:
            memory = int((self._groups["memory"] / "memory.usage_in_bytes").read_text())
            cpu = int((self._groups["cpuacct"] / "cpuacct.usage").read_text()) // 1000
        except (OSError, ValueError):
            return None
        return Sample(memory, cpu)

    def oom(self) -> bool:
        try:
            control = (self._groups["memory"] / "memory.oom_control").read_text()
        except OSError:
            return False
        return any(line.startswith("oom_kill ") and line != "oom_kill 0" for line in control.splitlines())

    def close(self) -> None:
        for group in self._groups.values():
            _remove(group)


class V2:
    """cgroup v2: one group with all controllers."""

    kind = "cgroup-v2"

    def __init__(self, base: Path) -> None:
        self._base = base

    def sweep(self) -> None:
        """Remove what killed processes left."""
        _sweep(self._base)

    def open(self, limits: Limits, pid: int) -> Account:
        """Make, bound and enter one group."""
        group = self._base / _name()
        try:
            group.mkdir()
            _write(group / "memory.max", limits.memory_bytes)
            if (group / "memory.swap.max").exists():
                _write(group / "memory.swap.max", 0)
            _write(group / "memory.oom.group", 1)
            _write(group / "pids.max", limits.processes)
            _write(group / "cpu.max", f"{_quota(limits)} {_PERIOD_US}")
            _write(group / "cgroup.procs", pid)
        except OSError as error:
            _remove(group)
            raise SandboxUnavailable(f"the cell's cgroup could not be set up: {error}") from error
        return _V2Account(group)


class _V2Account:
    kind = "cgroup-v2"

    def __init__(self, group: Path) -> None:
        self._group = group

    def sample(self) -> Sample | None:
        try:
            memory = int((self._group / "memory.current").read_text())
            usage = dict(line.split() for line in (self._group / "cpu.stat").read_text().splitlines())
        except (OSError, ValueError):
            return None
        return Sample(memory, int(usage.get("usage_usec", "0")))

    def oom(self) -> bool:
        try:
            events = dict(line.split() for line in (self._group / "memory.events").read_text().splitlines())
        except (OSError, ValueError):
            return False
        return events.get("oom_kill", "0") != "0"

    def close(self) -> None:
        _remove(self._group)


class ProcTree:
    """No cgroup: the parent adds up what /proc says of the cell's processes."""

    kind = "rlimits"

    def open(self, limits: Limits, pid: int) -> Account:
        """Watch `pid` and its descendants, and keep them to as many cores as the rate allows.

        The cell cannot leave them again: its system calls do not include sched_setaffinity.
        """
        if limits.cpu_millis is not None and limits.cpu_millis % 1000:
            raise SandboxUnavailable(
                f"a rate of {limits.cpu_millis / 1000:g} cores needs a cgroup, and none can be made here",
                hint="grant whole cores, run as root, or delegate a cgroup and name it in $RINGFENCE_CGROUP",
            )
        cores = sorted(os.sched_getaffinity(0))
        first = next(_numbers)
        wanted = min((limits.cpu_millis or 1000) // 1000, len(cores))
        os.sched_setaffinity(pid, {cores[(first + n) % len(cores)] for n in range(wanted)})
        return _ProcTreeAccount(pid)


class _ProcTreeAccount:
    kind = "rlimits"
    _page = os.sysconf("SC_PAGE_SIZE")
    _tick_us = 1_000_000 // os.sysconf("SC_CLK_TCK")

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def sample(self) -> Sample | None:
        memory = ticks = 0
        todo, seen = [self._pid], 0
        while todo and seen < 4096:
            pid, seen = todo.pop(), seen + 1
            try:
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                for task in os.listdir(f"/proc/{pid}/task"):
                    todo += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
            except (OSError, ValueError):
                continue
            ticks += sum(map(int, stat[11:15]))
            memory += int(stat[21]) * self._page
        return Sample(memory, ticks * self._tick_us)

    def oom(self) -> bool:
        return False

    def close(self) -> None:
        return None


def _quota(limits: Limits) -> int:
    return (limits.cpu_millis or 1000) * _PERIOD_US // 1000
