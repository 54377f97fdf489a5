"""The pool through its public doors: cells used once, kept ready, bounded, replaced, and gone in the end."""

import contextlib
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Desk
from ringfence import Gate
from ringfence.cells import cgroup, prefork, wire
from ringfence.cells.made import Ended, MadeCell, dead
from ringfence.errors import SandboxUnavailable

CODE = """
import os, random, threading, time
seen = []
class Plugin:
    def once(self):
        seen.append(1)
        left = os.path.exists('/tmp/left')
        open('/tmp/left', 'w').close()
        return [len(seen), left, os.getpid()]
    def wait(self, seconds):
        time.sleep(seconds)
        return seconds
    def draw(self):
        return random.getrandbits(64)
    def fork(self):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        pid = os.fork()
        if pid == 0:
            os._exit(threading.active_count())
        return [threading.active_count(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])]
    def fail(self):
        os.kill(os.getpid(), 9)
        os._exit(3)
"""
KINDS = pytest.mark.parametrize("cell", ["prefork", "bubblewrap"])


@pytest.fixture
def granted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a plugin, whose state and grants this process uses too."""
    desk.grant(desk.plugin(CODE, "once", "wait", "draw", "fork", "fail"))
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    return desk


def _below(pid: int) -> dict[int, str]:
    """All living descendants of a process, and how each was started."""
    found: dict[int, str] = {}
    todo = [pid]
    while todo:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{todo.pop()}/task").iterdir():
                children = [int(p) for p in (task / "children").read_text().split()]
                todo += children
                for child in children:
                    with contextlib.suppress(OSError):
                        found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
    return found


def _makers() -> list[int]:
    """The process ids of the makers of this process's pools."""
    return [p for p, line in _below(os.getpid()).items() if "maker.main()" in line and _parent_is_bwrap(p)]


def _parent_is_bwrap(pid: int) -> bool:
    with contextlib.suppress(OSError):
        parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
        return b"bwrap" in Path(f"/proc/{parent}/cmdline").read_bytes().split(b"\0")[0]
    return False


def _cells() -> set[int]:
    """The process ids of all cells that wait or work, of either kind."""
    makers = _makers()
    forked = {c for maker in makers for c in _below(maker)}
    alone = {p for p, line in _below(os.getpid()).items() if "guest.main()" in line and _parent_is_bwrap(p)}
    return forked | alone


def _lives(pid: int) -> bool:
    """Whether a process is there, and no zombie."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def _soon(holds: Callable[[], bool], seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _groups() -> list[Path]:
    """The cgroups of this process's cells."""
    return list(Path("/sys/fs/cgroup").glob(f"*/**/ringfence/{os.getpid()}-*"))


#: What other tests mount, which may run at the same time: container engines, and small disks.
_OF_OTHERS = re.compile(
    r"/ringfence-(?:docker|podman)-|/(?:run/netns|graph|containers|overlay-containers)/| overlay |/(?:disk|small|full) "
)


@contextlib.contextmanager
def _nothing_left() -> Iterator[None]:
    """After the block there is no process, thread, descriptor, mount or cgroup more than before."""

    def have() -> tuple[object, ...]:
        every = Path("/proc/self/mountinfo").read_text().splitlines()
        mounts = [line for line in every if not _OF_OTHERS.search(line)]
        return set(_below(os.getpid())), set(threading.enumerate()), len(os.listdir("/proc/self/fd")), mounts

    before = have()
    yield
    assert _soon(lambda: have() == before and not _groups()), (before, have(), _groups())


def _together(count: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@KINDS
def test_each_cell_is_used_once(granted: Desk, cell: str) -> None:
    """Many callers at a time: each call is the first of its module, its file system and its process tree."""
    results: list[object] = []
    with Gate(cell=cell, ready=2) as gate:

        def work() -> None:
            for _ in range(5):
                results.append(gate.call("probe", "once").body["data"]["result"])

        _together(4, work)
    assert results == [[1, False, 1]] * 20


@KINDS
def test_the_pool_refills(granted: Desk, cell: str) -> None:
    """As many cells wait as were asked for, before and after a call; the one that was used is not among them."""
    with Gate(cell=cell, ready=3) as gate:
        assert gate.call("probe", "once").ok
        assert _soon(lambda: len(_cells()) == 3)
        waiting = _cells()
        for _ in range(2):
            assert gate.call("probe", "once").ok
        assert _soon(lambda: len(_cells()) == 3)
        time.sleep(0.2)
        assert len(_cells()) == 3
        assert len(_cells() & waiting) == 1


def test_cells_are_bounded_by_callers(granted: Desk) -> None:
    """However many calls come, no more cells stand than calls that run and cells that wait ahead."""
    most = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.is_set():
            most = max(most, len(_cells()))
            time.sleep(0.01)

    with Gate(cell="prefork", ready=2) as gate:
        watcher = threading.Thread(target=watch)
        watcher.start()
        _together(4, lambda: [gate.call("probe", "wait", {"seconds": 0.05}) for _ in range(5)] and None)
        done.set()
        watcher.join()
        # One more: the kernel may still be clearing up after a call that has been answered.
        assert 2 <= most <= 4 + 2 + 4
        assert _soon(lambda: len(_cells()) == 2)
    assert sum(r["type"] == "outcome" and r["code"] == "ok" for r in granted.journal()) == 20


@KINDS
def test_a_cancelled_call_frees_its_cell(granted: Desk, cell: str) -> None:
    """A call that is taken back ends at once, its cell with it, and the next one is served."""
    with _nothing_left(), Gate(cell=cell, ready=1) as gate:
        assert gate.call("probe", "once").ok
        cancelled = threading.Event()
        timer = threading.Timer(0.3, cancelled.set)
        timer.start()
        answer = gate.call("probe", "wait", {"seconds": 30}, cancelled=cancelled.is_set)
        timer.join()
        assert (answer.body["data"]["code"], answer.exit_code) == ("cancelled", 23)
        assert gate.call("probe", "once").body["data"]["result"] == [1, False, 1]
        assert _soon(lambda: len(_cells()) == 1)


@KINDS
def test_an_orderly_stop_leaves_nothing(granted: Desk, cell: str) -> None:
    """No process, thread, descriptor, mount or cgroup outlives the gate, whether its cells were used or not."""
    with Gate(cell=cell, ready=1) as gate:  # whatever this process loads once and keeps
        assert gate.call("probe", "once").ok
    with _nothing_left():
        with Gate(cell=cell, ready=4) as gate:
            _together(3, lambda: [gate.call("probe", m) for m in ("once", "fail", "draw")] and None)
            assert _soon(lambda: len(_cells()) == 4)
        assert _cells() == set()


def test_a_killed_maker_is_replaced(granted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGKILL to the maker ends its cells; calls go on with a new one, however long the kernel takes to end it."""
    monkeypatch.setattr(prefork, "_MOMENT_SECONDS", 0)
    with _nothing_left(), Gate(cell="prefork", ready=2) as gate:
        assert gate.call("probe", "once").ok
        assert _soon(lambda: len(_cells()) == 2)
        for _ in range(3):
            [maker], cells = _makers(), _cells()
            os.kill(maker, signal.SIGKILL)
            assert _soon(lambda cells=cells: not any(map(_lives, cells)))
            answer = gate.call("probe", "once")
            assert answer.ok, answer.body
            assert _soon(lambda maker=maker: len(_makers()) == 1 and _makers() != [maker])
            assert _soon(lambda: len(_cells()) == 2)


@KINDS
def test_a_dead_cell_is_never_handed_out(granted: Desk, cell: str) -> None:
    """Cells that were killed while they waited are passed over; no call notices."""
    with _nothing_left(), Gate(cell=cell, ready=3) as gate:
        assert gate.call("probe", "once").ok
        assert _soon(lambda: len(_cells()) == 3)
        killed = sorted(_cells())[:2]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        assert _soon(lambda: not any(map(_lives, killed)))
        for _ in range(4):
            answer = gate.call("probe", "once")
            assert answer.ok, answer.body


@KINDS
@pytest.mark.parametrize("told", [False, True])
def test_a_cell_that_dies_as_it_is_handed_out_is_replaced_once(
    granted: Desk, monkeypatch: pytest.MonkeyPatch, cell: str, told: bool
) -> None:
    """Killed before it read the request, whether that was sent already or not: another one runs the call.

    A plugin that was started and ends its own process is not started again.
    """
    call, send = MadeCell.call, wire.send
    handed_out: list[int] = []

    def dying(self: MadeCell, *given: object, **named: object) -> Ended:
        handed_out.append(self.pid)
        if len(handed_out) == 1:
            os.kill(self.pid, signal.SIGSTOP if told else signal.SIGKILL)
            assert told or dead(self.pidfd, 10)
        return call(self, *given, **named)  # type: ignore[arg-type]

    def sending(channel: socket.socket, message: dict[str, object], descriptors: tuple[int, ...] = ()) -> None:
        send(channel, message, descriptors)
        if "method" in message and len(handed_out) == 1:
            os.kill(handed_out[0], signal.SIGKILL)

    monkeypatch.setattr(MadeCell, "call", dying)
    monkeypatch.setattr(wire, "send", sending)
    with _nothing_left(), Gate(cell=cell) as gate:
        answer = gate.call("probe", "once")
        assert answer.ok, answer.body
        assert answer.body["data"]["result"] == [1, False, 1]
        assert len(handed_out) == 2
        answer = gate.call("probe", "fail")
    assert (answer.body["data"]["code"], len(handed_out)) == ("plugin-crashed", 3)


def test_a_cell_that_fails_its_examination_is_never_handed_out(granted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every second cell lacks a wall: it is ended, calls run in the others or are refused, and all is on record."""
    verify = prefork.verify
    examined: list[int] = []
    failed: list[int] = []

    def every_second(pid: int, expect: object) -> list[str]:
        examined.append(pid)
        if len(examined) % 2:
            failed.append(pid)
            raise SandboxUnavailable("the cell came up without: a wall")
        return verify(pid, expect)  # type: ignore[arg-type]

    monkeypatch.setattr(prefork, "verify", every_second)
    with _nothing_left(), Gate(cell="prefork", ready=1) as gate:
        answers = [gate.call("probe", "once") for _ in range(12)]
        assert _soon(lambda: not _cells() & set(failed))
    codes = {a.body["data"].get("code", "ok") for a in answers}
    assert codes <= {"ok", "sandbox-unavailable"}
    assert "ok" in codes
    assert all(a.body["data"]["result"] == [1, False, 1] for a in answers if a.ok)
    kinds = [r["type"] for r in granted.journal() if "request_id" in r]
    assert kinds.count("call") == kinds.count("outcome") == sum(a.ok for a in answers)
    assert kinds.count("refusal") == sum(not a.ok for a in answers)


@KINDS
def test_a_cell_outside_its_groups_is_never_handed_out(
    granted: Desk, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    """A guest that did not enter the groups that bound it is refused, and nothing of it stays."""
    found = cgroup.find()
    if not isinstance(found, cgroup.V1):
        pytest.skip("only in cgroup v1 does the guest enter by itself")
    whole = cgroup.V1.open

    def no_doors(self: cgroup.V1, limits: object) -> object:
        account = whole(self, limits)  # type: ignore[arg-type]
        for door in account.doors[1:]:
            os.close(door)
        account.doors = account.doors[:1]
        return account

    monkeypatch.setattr(cgroup.V1, "open", no_doors)
    with _nothing_left(), Gate(cell=cell) as gate:
        answer = gate.call("probe", "once")
    assert answer.body["data"]["code"] == "sandbox-unavailable"
    assert "outside its cgroup" in answer.body["data"]["error"]


def test_cells_of_one_maker_draw_different_numbers(granted: Desk) -> None:
    """The random numbers of a forked cell are its own, not its maker's."""
    with Gate(cell="prefork", ready=2) as gate:
        drawn = [gate.call("probe", "draw").body["data"]["result"] for _ in range(8)]
    assert len(set(drawn)) == 8


@KINDS
def test_a_plugin_may_fork(granted: Desk, cell: str) -> None:
    """The interpreter's fork hooks are in place: a plugin's child knows that only one thread came with it."""
    with Gate(cell=cell) as gate:
        answer = gate.call("probe", "fork")
    assert answer.ok, answer.body
    assert answer.body["data"]["result"] == [2, 1]


def test_a_closed_gate_refuses(granted: Desk) -> None:
    """After the end no call starts a cell, and each says so."""
    gate = Gate(cell="prefork", ready=1)
    assert gate.call("probe", "once").ok
    gate.close()
    answer = gate.call("probe", "once")
    assert not answer.ok
    assert _cells() == set()
