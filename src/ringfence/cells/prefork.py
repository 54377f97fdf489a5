"""The prefork maker: cells forked from a warm interpreter, each in fresh namespaces.

bubblewrap makes one outer jail for each profile (same root, same mounts, no capabilities, its own
namespaces); the maker inside it (`guest/maker.py`) forks a cell for every call into seven fresh
namespaces, with fresh memory file systems and the same seccomp, Landlock and rlimits. The parent
examines each cell from outside just as it does one that bubblewrap made alone.
"""

import contextlib
import os
import socket
import threading

from ringfence import strictjson
from ringfence.cells import bubblewrap, wire
from ringfence.cells.bubblewrap import Bubblewrap
from ringfence.cells.cgroup import Accountant
from ringfence.cells.made import REAP_SECONDS, Exit, MadeCell, dead, ending, kill
from ringfence.cells.plan import CELL_USER, Plan, Step, environment, guest_setup, namespaces, scratch, view
from ringfence.cells.runtime import Runtime
from ringfence.cells.verify import verify
from ringfence.dataclasses import replace
from ringfence.errors import SandboxUnavailable
from ringfence.model import Workload

NAME = "prefork"

_END_SECONDS = 1.0
_MOMENT_SECONDS = 0.1
_EMPTY_PROC = ("/proc", "size=4k,mode=0555,nr_inodes=2", True)


def plan(profile: Workload, runtime: Runtime, *, group_limits: bool) -> Plan:
    """The outer jail's steps, and in `setup` and `tmpfs` what each forked cell adds."""
    alone = bubblewrap.plan(profile, runtime, group_limits=group_limits)
    steps = [
        *namespaces(),
        Step(wall="capabilities", arguments=("--cap-drop", "ALL")),
        *view(profile, runtime.path),
        # The maker writes its children's user maps through /proc; each child covers it.
        Step(wall="maker's proc", arguments=("--proc", "/proc")),
        *bubblewrap.hosts_step(profile),
        environment(profile),
        Step(wall="directory", arguments=("--chdir", "/")),
    ]
    assert alone.seccomp is not None  # noqa: S101  # bubblewrap.plan always has one
    return replace(
        alone,
        cell=NAME,
        steps=tuple(steps),
        seccomp=None,
        setup=guest_setup(profile, group_limits=group_limits) | {"seccomp": alone.seccomp},
        tmpfs=(*scratch(profile.limits), _EMPTY_PROC),
    )


class Maker:
    """One outer jail and its maker; `make` forks a cell. Thread-safe; `close` ends all of it.

    The thread that creates it must outlive it.
    """

    def __init__(self, planned: Plan, program: Bubblewrap, accountant: Accountant) -> None:
        self._plan = planned
        self._program = program
        self._accountant = accountant
        self._lock = threading.Lock()
        self._number = 0
        self._ends: dict[int, _End] = {}
        with contextlib.ExitStack() as undo:
            self._spawned = bubblewrap.spawn(planned, program, "maker", undo)
            self._pid = bubblewrap.say_hello(self._spawned.ends).pid
            undo.pop_all()
        self._listener = threading.Thread(target=self._listen, name="ringfence-maker", daemon=True)
        self._listener.start()

    def alive(self) -> bool:
        """Whether the maker still runs: it holds its end of the channel for as long as it does."""
        return self._listener.is_alive() and self._spawned.process.poll() is None

    def ended(self) -> bool:
        """Whether it has ended, or does in this moment: so a cell that failed may have failed for that."""
        self._listener.join(_MOMENT_SECONDS)
        if ending(self._pid):
            self._listener.join(REAP_SECONDS)
        return not self.alive()

    def living(self) -> int:
        """How many of its cells have not ended."""
        return len(self._ends)

    def make(self) -> MadeCell:
        """Fork a cell, examine its walls, bound it. Raises SandboxUnavailable."""
        with contextlib.ExitStack() as undo:
            account = self._accountant.open(self._plan.profile.limits)
            undo.callback(account.close)
            with contextlib.ExitStack() as theirs:
                ends, inner = wire.connect(undo, theirs)
                end = self._order((inner.channel.fileno(), inner.stdout, inner.stderr, *account.doors))
            hello = bubblewrap.say_hello(ends)
            pidfd = bubblewrap.open_process(hello.pid)
            undo.callback(os.close, pidfd)
            undo.callback(end.wait, _END_SECONDS)
            undo.callback(kill, pidfd)
            listeners = tuple(socket.socket(fileno=fd) for fd in hello.descriptors)
            for listener in listeners:
                undo.callback(listener.close)
            found = verify(hello.pid, self._plan.expect)
            account.hold(hello.pid)
            undo.pop_all()
        return _Forked(
            plan=self._plan,
            isolation=bubblewrap.describe(self._plan, self._program, found, hello.message, account.kind),
            channel=ends.channel,
            stdout=ends.stdout,
            stderr=ends.stderr,
            pid=hello.pid,
            pidfd=pidfd,
            account=account,
            listeners=listeners,
            reap=end.wait,
        )

    def _order(self, descriptors: tuple[int, ...]) -> "_End":
        order = {
            "user": CELL_USER,
            "group": CELL_USER,
            "mounts": [list(m) for m in self._plan.tmpfs],
            "setup": dict(self._plan.setup),
        }
        with self._lock:
            self._number += 1
            end = self._ends[self._number] = _End()
            try:
                wire.send(self._spawned.ends.channel, order | {"number": self._number}, descriptors)
            except OSError as error:
                del self._ends[self._number]
                raise SandboxUnavailable(f"the maker of cells is gone: {error}") from error
        return end

    def _listen(self) -> None:
        """Take the maker's reports until it ends; then everything it made has ended too."""
        data = bytearray()
        while True:
            try:
                part = self._spawned.ends.channel.recv(65536)
            except OSError:
                part = b""
            if not part:
                break
            data += part
            while len(data) >= 4 and len(data) >= 4 + (size := int.from_bytes(data[:4], "big")):
                self._report(strictjson.loads(bytes(data[4 : 4 + size])))
                del data[: 4 + size]
        for end in list(self._ends.values()):
            end.set(None)

    def _report(self, message: object) -> None:
        if not isinstance(message, dict):
            return
        end = self._ends.pop(int(message.get("died") or message.get("unborn") or 0), None)
        if end is not None and "died" in message:
            end.set(Exit(message["status"], message["cpu_us"], message["peak_kib"]))
        elif end is not None:
            end.set(None)

    def close(self) -> None:
        """End the jail; the kernel ends every cell in it."""
        with contextlib.suppress(OSError):
            self._spawned.ends.channel.shutdown(socket.SHUT_RDWR)
        bubblewrap.kill_group(self._spawned.process)
        self._spawned.process.wait()
        self._listener.join(timeout=10)
        self._spawned.ends.channel.close()
        os.close(self._spawned.ends.stdout)
        os.close(self._spawned.ends.stderr)


class _Forked(MadeCell):
    """A made cell whose dead the maker collects, in its own time: nobody who calls waits for that."""

    def bury(self) -> None:
        dead(self.pidfd, REAP_SECONDS)


class _End:
    """How one forked cell ended, once the maker has said it."""

    def __init__(self) -> None:
        self._known = threading.Event()
        self._exit: Exit | None = None

    def set(self, exit_: Exit | None) -> None:
        self._exit = exit_
        self._known.set()

    def wait(self, timeout: float) -> Exit | None:
        self._known.wait(timeout)
        return self._exit
