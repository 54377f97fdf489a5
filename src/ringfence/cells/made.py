"""A made cell: one request, one answer, and the end of everything in it.

Shared by all kinds of cells. The parent's side of the exchange treats every byte that comes out
as hostile. Whatever happens, when `call` returns the cell is killed and its output drained;
`destroy`, which every user calls in the end, sees it dead and removes its cgroup. Between the two
lies what the kernel takes to dismantle it, in which nobody needs to wait.
"""

import contextlib
import os
import select
import selectors
import signal
import socket
import time
from collections.abc import Callable, Mapping

from ringfence.cells import wire
from ringfence.cells.cgroup import Account
from ringfence.cells.plan import Plan
from ringfence.cells.written import Written
from ringfence.dataclasses import dataclass, field
from ringfence.strictjson import JsonLimits, StrictJsonError

_POLL_SECONDS = 0.05
_WRITTEN_EVERY = 4
#: How long a guest may take to end once it has answered. It does so at once; a busy machine may not let it.
_END_SECONDS = 10.0
REAP_SECONDS = 10.0
#: PF_EXITING of include/linux/sched.h, in the seventh field behind the name in /proc/PID/stat.
_EXITING = 0x4
_CHUNK = 65536
_ANSWER_DEPTH = 64
_ANSWER_ITEMS = 1_000_000
_FRAME_OVERHEAD = 32 * 1024


@dataclass(frozen=True, slots=True)
class Exit:
    """How the cell's first process ended: wait status, processor time, peak resident memory."""

    status: int
    cpu_us: int
    peak_kib: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """What came of one call. `code` is "ok" or a stable word of the envelope.

    `answer` is the guest's JSON object where there is one, still untrusted; output is as captured,
    cut at the limit; durations are microseconds. `unheard` says that the cell was gone before it had
    read the whole request, so that nothing of the plugin has run.
    """

    code: str
    answer: dict[str, object] | None
    stdout: bytes
    stderr: bytes
    call_us: int
    end_us: int
    exit: Exit | None
    detail: str = ""
    unheard: bool = False


@dataclass(kw_only=True)
class MadeCell:
    """A cell that stands ready. Use it once: `call`, or `destroy` where it is not wanted.

    `paths` says where the cell's usual places are where it has no root of its own.
    """

    plan: Plan
    isolation: dict[str, object]
    channel: socket.socket
    stdout: int
    stderr: int
    pid: int
    pidfd: int
    account: Account
    listeners: tuple[socket.socket, ...]
    reap: Callable[[float], Exit | None]
    paths: Mapping[str, str] = field(default_factory=dict)
    _dead: bool = False

    def alive(self) -> bool:
        """Whether the cell still stands (it may have been killed while it waited)."""
        return not dead(self.pidfd, 0)

    def call(self, request: Mapping[str, object], *, cancelled: Callable[[], bool] = lambda: False) -> Ended:
        """Hand over the request and collect what comes of it; the cell is killed afterwards."""
        started = time.monotonic()
        try:
            exchange = _Exchange(self, started, cancelled)
            exchange.run(dict(request))
            called = time.monotonic()
            if exchange.code == "plugin-crashed":
                self.look_at_the_dead()
            self.kill()
            exchange.drain()
            if exchange.may_write:
                self.bury()  # until all are dead, one may still write
                exchange.check_written()
            ended = self._finish(exchange)
        except BaseException:
            self.destroy()
            raise
        call_us = int((called - started) * 1e6)
        return Ended(
            code=exchange.code,
            answer=exchange.answer,
            stdout=bytes(exchange.output[self.stdout]),
            stderr=bytes(exchange.output[self.stderr]),
            call_us=call_us,
            end_us=int((time.monotonic() - called) * 1e6),
            exit=ended,
            detail=exchange.detail,
            unheard=exchange.unheard,
        )

    def _finish(self, exchange: "_Exchange") -> Exit | None:
        """Why it ended without an answer; where it answered, how it ended decides nothing."""
        if exchange.code != "plugin-crashed":
            return None
        ended = self.reap(REAP_SECONDS)
        if self.account.oom():
            exchange.code = "memory-limit"
        elif ended is not None and (ended.cpu_us >= exchange.cpu_limit_us or _is_out_of_time(ended.status)):
            exchange.code = "cpu-limit"
        elif ended is not None:
            exchange.detail = _describe(ended.status)
        return ended

    def look_at_the_dead(self) -> None:
        """Before all is taken apart: what a kind of cell could not find out afterwards."""

    def kill(self) -> None:
        """Kill the first process; the kernel kills all others of its pid namespace with it."""
        kill(self.pidfd)

    def bury(self) -> None:
        """Wait until the first process, and with it every other of its pid namespace, is dead."""
        self.reap(REAP_SECONDS)

    def destroy(self) -> None:
        """End the cell and give back all that it held; harmless when repeated."""
        if self._dead:
            return
        self._dead = True
        self.kill()
        self.channel.close()
        for listener in self.listeners:
            listener.close()
        os.close(self.stdout)
        os.close(self.stderr)
        self.bury()
        os.close(self.pidfd)
        self.account.close()


def dead(pidfd: int, seconds: float) -> bool:
    """Whether that process is dead, or dies within this time."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def ending(pid: int) -> bool:
    """Whether that process is gone, or the kernel has begun to take it apart: on a busy machine that takes its time."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return True
    return fields[0] in (b"Z", b"X") or bool(int(fields[6]) & _EXITING)


def kill(pidfd: int) -> None:
    """Kill that process, where it still is."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def _is_out_of_time(status: int) -> bool:
    """Whether the kernel ended it at RLIMIT_CPU, which it counts in ticks: a little early by other clocks."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU


def _describe(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"killed by {_name(os.WTERMSIG(status))}"
    code = os.WEXITSTATUS(status)
    if code > 128 and code - 128 in signal.valid_signals():
        return f"killed by {_name(code - 128)}"
    return f"ended with exit code {code}"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # most of the real-time ones have none
        return f"signal {number}"


class _Exchange:
    """The conversation of one call, bounded in time, output, memory and processor time."""

    def __init__(self, cell: MadeCell, started: float, cancelled: Callable[[], bool]) -> None:
        limits = cell.plan.profile.limits
        self._cell = cell
        self._cancelled = cancelled
        self._deadline = started + (limits.wall_millis or 0) / 1000
        self._output_left = limits.output_bytes or 0
        self._memory = limits.memory_bytes or 0
        self.cpu_limit_us = (limits.cpu_seconds or 0) * 1_000_000
        self._result_bytes = limits.result_bytes or 0
        writable = [m.source for m in cell.plan.profile.mounts if m.writable]
        self.may_write = bool(writable)
        self._written = Written(writable)
        self._written_most = limits.scratch_bytes or 0
        self._watched = 0
        self._reader = wire.AnswerReader(self._result_bytes + _FRAME_OVERHEAD)
        self._selector = selectors.PollSelector()
        self.output = {cell.stdout: bytearray(), cell.stderr: bytearray()}
        self.answer: dict[str, object] | None = None
        self.code = ""
        self.detail = ""
        self.unheard = False

    def run(self, request: dict[str, object]) -> None:
        """Until there is an answer and the guest has ended, or a limit is met."""
        self._cell.channel.settimeout(max(self._deadline - time.monotonic(), 0.001))
        try:
            wire.send(self._cell.channel, request | {"result_bytes": self._result_bytes})
        except OSError as error:
            self.code = "plugin-crashed"
            self.unheard = not isinstance(error, TimeoutError)
            return
        self._cell.channel.setblocking(False)
        self._selector.register(self._cell.channel, selectors.EVENT_READ)
        for fd in self.output:
            os.set_blocking(fd, False)
            self._selector.register(fd, selectors.EVENT_READ)
        watch = time.monotonic() + _POLL_SECONDS
        while not self.code:
            now = time.monotonic()
            if now >= self._deadline:
                self._at_deadline()
                return
            if now >= watch:
                watch = now + _POLL_SECONDS
                self._watch()
            for key, _ in self._selector.select(max(min(watch, self._deadline) - now, 0)):
                self._ready(key.fd)

    def _at_deadline(self) -> None:
        if not self._reader.complete:
            self.code = "timeout"
            return
        self._read_answer()  # it may have ended while nobody looked: a busy machine held the parent up, not the guest
        if not self.code:
            self.code, self.detail = "protocol-error", "the guest answered but did not end"

    def _watch(self) -> None:
        if self._cancelled():
            self.code = "cancelled"
            return
        sample = self._cell.account.sample()
        if sample is None:
            return
        if sample.cpu_us > self.cpu_limit_us:
            self.code = "cpu-limit"
        elif sample.memory_bytes > self._memory or self._cell.account.oom():
            self.code = "memory-limit"
        self._watched += 1
        if self._watched % _WRITTEN_EVERY == 0:
            self.check_written()

    def check_written(self) -> None:
        """Whether the call put more into the host's folders than it may, even where it ended well."""
        if self.code in ("", "ok") and self._written.growth() > self._written_most:
            self.code = "disk-limit"

    def _ready(self, fd: int) -> None:
        if fd in self.output:
            self._read_output(fd)
        elif not self.code:
            self._read_answer()

    def _read_output(self, fd: int) -> bool:
        """Take what a pipe holds; False at its end."""
        try:
            part = os.read(fd, _CHUNK)
        except BlockingIOError:
            return True
        if not part:
            with contextlib.suppress(KeyError):
                self._selector.unregister(fd)
            return False
        self.output[fd] += part[: self._output_left]
        if len(part) > self._output_left and self.code in ("", "ok"):
            self.code = "output-limit"
        self._output_left = max(self._output_left - len(part), 0)
        return True

    def _read_answer(self) -> None:
        reset = False
        try:
            part = self._cell.channel.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            part, reset = b"", isinstance(error, ConnectionResetError)
        if part:
            self._reader.feed(part)
            if self._reader.excess:
                self.code, self.detail = "protocol-error", "the guest said more than one answer"
                if not self._reader.complete:
                    self.code, self.detail = "output-limit", "the answer is too large"
            elif self._reader.complete:
                # An honest guest ends as soon as it has answered; nobody waits longer for another.
                self._deadline = min(self._deadline, time.monotonic() + _END_SECONDS)
            return
        self._selector.unregister(self._cell.channel)
        if not self._reader.complete:
            self.code = "plugin-crashed"
            self.unheard = reset  # the kernel says so of a request that nobody had read to its end
            return
        limits = JsonLimits(
            max_bytes=self._result_bytes + _FRAME_OVERHEAD, max_depth=_ANSWER_DEPTH, max_items=_ANSWER_ITEMS
        )
        try:
            answer = self._reader.message(limits)
        except StrictJsonError as error:
            self.code, self.detail = "invalid-result", error.message
            return
        if isinstance(answer, dict):
            self.code, self.answer = "ok", answer
        else:
            self.code, self.detail = "protocol-error", "the answer is not an object"

    def drain(self) -> None:
        """Read the pipes to their ends: all writers are dead or dying."""
        deadline = time.monotonic() + REAP_SECONDS
        open_pipes = set(self.output)
        selector = selectors.PollSelector()
        for fd in open_pipes:
            selector.register(fd, selectors.EVENT_READ)
        while open_pipes and time.monotonic() < deadline:
            for key, _ in selector.select(0.1):
                if not self._read_output(key.fd):
                    selector.unregister(key.fd)
                    open_pipes.discard(key.fd)
