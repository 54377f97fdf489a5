"""Bounds on a whole cell, and what it has used: cgroup v1, cgroup v2, or the process tree.

One small interface, `Account`: it is opened, with its bounds, before the cell's process is there;
`hold()` sees to it that the process is inside; `sample()` says what all processes of the cell use
together, `oom()` whether the kernel killed for memory, `close()` removes it. Where no cgroup can be
made the account reads /proc, and the parent kills a cell that is over; the rlimits stand beside it.

In cgroup v1 the guest enters by itself, through descriptors that the parent opened ("doors"):
a thread that moves itself is the only move for which the kernel does not stop all forks and wait
for a grace period (cgroup_procs_write_start in kernel/cgroup/cgroup.c), some 10 ms on an idle
machine. It does so before it reads or runs anything, and `hold()` believes only what the kernel
says of the process afterwards.
"""

import contextlib
import errno
import itertools
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from ringfence.cells import owners
from ringfence.dataclasses import dataclass
from ringfence.errors import SandboxUnavailable
from ringfence.model import Limits

_MOUNTS = Path("/sys/fs/cgroup")
_PERIOD_US = 100_000
_V1_NEEDED = ("memory", "pids", "cpu", "cpuacct")
_V2_NEEDED = ("memory", "pids", "cpu")
_turns = itertools.count()


@dataclass(frozen=True, slots=True)
class Sample:
    """What a cell uses: resident memory now (bytes) and processor time so far (microseconds)."""

    memory_bytes: int
    cpu_us: int


class Account(Protocol):
    """The bounds and the use of one cell."""

    kind: str
    #: What the guest writes "0" to, and closes, before all else; empty where the parent moves it.
    doors: tuple[int, ...]

    def hold(self, pid: int) -> None:
        """See to it that `pid`, still one thread, is inside; raises SandboxUnavailable."""

    def sample(self) -> Sample | None:
        """Use of the whole cell, or None where it can no longer be read."""

    def oom(self) -> bool:
        """Whether the kernel killed a process of the cell for its memory."""

    def close(self) -> None:
        """Remove it; the cell must be dead."""


class Accountant(Protocol):
    """Makes accounts of one kind. `swept`: a process that was killed had left something."""

    kind: str
    swept: bool

    def open(self, limits: Limits) -> Account:
        """An account with these bounds and nobody in it; raises SandboxUnavailable."""


def find(mounts: Path = _MOUNTS) -> Accountant:
    """The strongest accountant this process may use: v2, v1, or the process tree."""
    for candidate in (_find_v2(mounts), _find_v1(mounts)):
        if candidate is not None:
            candidate.swept = candidate.sweep()
            return candidate
    return ProcTree()


def _own_groups() -> dict[str, str]:
    return _groups_of(Path("/proc/self/cgroup").read_text())


def _groups_of(text: str) -> dict[str, str]:
    """Controller to path, from /proc/PID/cgroup (cgroups(7))."""
    groups = {}
    for line in text.splitlines():
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


def _write(path: str | Path, value: object) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(fd, str(value).encode())
    finally:
        os.close(fd)


def _sweep(base: Path) -> bool:
    """Remove groups whose owner is gone (it was killed before it could); whether there were any."""
    found = False
    if not base.is_dir():
        return found
    for group in base.iterdir():
        if group.name.partition("-")[0].isdigit() and group.is_dir() and owners.gone(group.name):
            _remove(str(group))
            found = True
    return found


def _remove(group: str) -> None:
    """rmdir, again for ten seconds: dying processes leave a group a little after they are dead."""
    for attempt in range(2000):
        try:
            os.rmdir(group)
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(min(0.0002 * 2**attempt, 0.005))
        else:
            return


def _refusal(error: OSError) -> SandboxUnavailable:
    return SandboxUnavailable(f"the cell's cgroup could not be set up: {error}")


class V1:
    """cgroup v1: one hierarchy a controller, or several controllers in one."""

    kind = "cgroup-v1"
    swept = False

    def __init__(self, bases: dict[str, Path]) -> None:
        self._bases = {controller: os.path.realpath(base) for controller, base in bases.items()}

    def sweep(self) -> bool:
        """Remove what killed processes left; whether they left anything."""
        found = [_sweep(Path(base)) for base in set(self._bases.values())]
        return any(found)

    def open(self, limits: Limits) -> Account:
        """Make and bound a group in each hierarchy."""
        name = owners.name()
        groups = {controller: f"{base}/{name}" for controller, base in self._bases.items()}
        distinct = list(dict.fromkeys(groups.values()))
        doors: list[int] = []
        try:
            for group in distinct:
                _make(group)
            _write(groups["memory"] + "/memory.limit_in_bytes", limits.memory_bytes)
            with contextlib.suppress(FileNotFoundError):  # no accounting of swap in this kernel
                _write(groups["memory"] + "/memory.memsw.limit_in_bytes", limits.memory_bytes)
            _write(groups["pids"] + "/pids.max", limits.processes)
            _write(groups["cpu"] + "/cpu.cfs_period_us", _PERIOD_US)
            _bound_cores(groups["cpu"], _quota(limits))
            doors += (os.open(group + "/tasks", os.O_WRONLY | os.O_CLOEXEC) for group in distinct)
        except OSError as error:
            _clear(doors, distinct)
            raise _refusal(error) from error
        return _V1Account(name, groups, tuple(doors))


def _bound_cores(group: str, quota: int) -> None:
    """Bound its rate. The kernel refuses one above that of a group around it, which bounds this one already."""
    try:
        _write(group + "/cpu.cfs_quota_us", quota)
    except OSError as error:
        if error.errno != errno.EINVAL or not _bounded_above(Path(group).parent, quota / _PERIOD_US):
            raise


def _bounded_above(group: Path, cores: float) -> bool:
    while (group / "cpu.cfs_quota_us").exists():
        quota, period = (int((group / f"cpu.cfs_{name}_us").read_text()) for name in ("quota", "period"))
        if 0 < quota <= cores * period:
            return True
        group = group.parent
    return False


def _make(group: str) -> None:
    try:
        os.mkdir(group, 0o755)
    except FileNotFoundError:  # the first group of all
        with contextlib.suppress(FileExistsError):
            os.mkdir(os.path.dirname(group), 0o755)
        os.mkdir(group, 0o755)


def _clear(doors: Iterable[int], groups: Iterable[str]) -> None:
    for door in doors:
        os.close(door)
    for group in groups:
        _remove(group)


class _V1Account:
    kind = "cgroup-v1"

    def __init__(self, name: str, groups: dict[str, str], doors: tuple[int, ...]) -> None:
        self._name = name
        self._groups = groups
        self.doors = doors

    def hold(self, pid: int) -> None:
        """Read from the kernel that the process is in each group (`verify` sees that it is one thread)."""
        doors, self.doors = self.doors, ()
        for door in doors:
            os.close(door)
        try:
            inside = _groups_of(Path(f"/proc/{pid}/cgroup").read_text())
        except OSError as error:
            raise _refusal(error) from error
        outside = [c for c in _V1_NEEDED if not inside.get(c, "").endswith(f"/ringfence/{self._name}")]
        if outside:
            raise SandboxUnavailable(
                f"the cell came up outside its cgroup: {', '.join(outside)}",
                hint="run 'ringfence doctor' to see what is missing",
            )

    def sample(self) -> Sample | None:
        try:
            memory = int(Path(self._groups["memory"], "memory.usage_in_bytes").read_text())
            cpu = int(Path(self._groups["cpuacct"], "cpuacct.usage").read_text()) // 1000
        except (OSError, ValueError):
            return None
        return Sample(memory, cpu)

    def oom(self) -> bool:
        try:
            control = Path(self._groups["memory"], "memory.oom_control").read_text()
        except OSError:
            return False
        return any(line.startswith("oom_kill ") and line != "oom_kill 0" for line in control.splitlines())

    def close(self) -> None:
        doors, self.doors = self.doors, ()
        _clear(doors, dict.fromkeys(self._groups.values()))


class V2:
    """cgroup v2: one group with all controllers."""

    kind = "cgroup-v2"
    swept = False

    def __init__(self, base: Path) -> None:
        self._base = base

    def sweep(self) -> bool:
        """Remove what killed processes left; whether they left anything."""
        return _sweep(self._base)

    def open(self, limits: Limits) -> Account:
        """Make and bound one group."""
        group = self._base / owners.name()
        try:
            group.mkdir()
            _write(group / "memory.max", limits.memory_bytes)
            if (group / "memory.swap.max").exists():
                _write(group / "memory.swap.max", 0)
            _write(group / "memory.oom.group", 1)
            _write(group / "pids.max", limits.processes)
            _write(group / "cpu.max", f"{_quota(limits)} {_PERIOD_US}")
        except OSError as error:
            _remove(str(group))
            raise _refusal(error) from error
        return _V2Account(group)


class _V2Account:
    kind = "cgroup-v2"
    doors: tuple[int, ...] = ()

    def __init__(self, group: Path) -> None:
        self._group = group

    def hold(self, pid: int) -> None:
        """Put the process in."""
        try:
            _write(self._group / "cgroup.procs", pid)
        except OSError as error:
            raise _refusal(error) from error

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
        _remove(str(self._group))


def _send_buffer() -> int:
    """What can be written to a socket of which nobody reads, at most (socket(7), wmem_default)."""
    try:
        return int(Path("/proc/sys/net/core/wmem_default").read_text())
    except (OSError, ValueError):  # a network namespace of a container does not show it
        return 212_992


class ProcTree:
    """No cgroup: the parent adds up what /proc says of the cell's processes."""

    kind = "rlimits"
    swept = False

    def open(self, limits: Limits) -> Account:
        """Watch a process and its descendants, and keep them to as many cores as the rate allows.

        The cell cannot leave them again: its system calls do not include sched_setaffinity.
        """
        if limits.cpu_millis is not None and limits.cpu_millis % 1000:
            raise SandboxUnavailable(
                f"a rate of {limits.cpu_millis / 1000:g} cores needs a cgroup, and none can be made here",
                hint="grant whole cores, run as root, or delegate a cgroup and name it in $RINGFENCE_CGROUP",
            )
        return _ProcTreeAccount((limits.cpu_millis or 1000) // 1000)


class _ProcTreeAccount:
    """What /proc says of the processes, and what the kernel may hold for them in unix sockets.

    What is written to a socket and not read is in no process, and it stays while the socket lies unread in another one:
    so those of the cell's network are counted, each as the most that can be written to it (no call may ask for more).
    """

    kind = "rlimits"
    doors: tuple[int, ...] = ()
    _few_sockets = 16
    _page = os.sysconf("SC_PAGE_SIZE")
    _tick_us = 1_000_000 // os.sysconf("SC_CLK_TCK")

    def __init__(self, cores: int) -> None:
        self._cores = cores
        self._pid = 0

    def hold(self, pid: int) -> None:
        """Keep the process to its cores."""
        self._pid = pid
        cores = sorted(os.sched_getaffinity(0))
        first = next(_turns)
        wanted = min(self._cores, len(cores))
        os.sched_setaffinity(pid, {cores[(first + n) % len(cores)] for n in range(wanted)})

    def sample(self) -> Sample | None:
        memory, ticks = self._in_sockets(), 0
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

    def _in_sockets(self) -> int:
        """The most that unix sockets may hold; nothing where they are few, or the cell's network is not its own."""
        try:
            if os.stat(f"/proc/{self._pid}/ns/net").st_ino == os.stat("/proc/self/ns/net").st_ino:
                return 0
            sockets = Path(f"/proc/{self._pid}/net/unix").read_bytes().count(b"\n") - 1
        except OSError:
            return 0
        return max(sockets - self._few_sockets, 0) * _send_buffer()

    def oom(self) -> bool:
        return False

    def close(self) -> None:
        return None


def _quota(limits: Limits) -> int:
    return (limits.cpu_millis or 1000) * _PERIOD_US // 1000
