"""The process in which schemas are judged: started, asked, and killed; never trusted.

One `WorkerProcess` is one run of `validator_worker`, which `workerstart` starts. It answers one request at a
time. Whatever goes wrong (time, crash, nonsense) ends it, and `WorkerFailed` says how; the caller starts another.
"""

import marshal
import os
import select
import signal
import time
from contextlib import suppress

from ringfence.plugins.workerstart import Started, start
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

START_SECONDS = 60.0
MAX_REQUEST = 64 << 20
#: How much longer than it may work a request may take, on a machine that has little time for it.
_BY_THE_CLOCK = 10
_ANSWER = JsonLimits(max_bytes=1 << 20, max_depth=16)


class WorkerFailed(Exception):
    """The worker is gone. `timed_out` tells slowness from a crash."""

    def __init__(self, reason: str, *, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.timed_out = timed_out


class WorkerProcess:
    """A running worker. Not thread-safe: whoever has it borrowed it from `SchemaValidator`."""

    def __init__(self, started: Started | None = None) -> None:
        """Start it, if it is not `started`, and return at once; the first request waits until it is ready."""
        self.owner = os.getpid()
        self.known: set[bytes] = set()
        self._ready = False
        self._dead = False
        self._pidfd, self._input, self._output = started or start()

    def ask(self, request: tuple[str, bytes, object, object], seconds: float) -> dict[str, object]:
        """The answer to (kind, digest, schema or None, instance), after at most `seconds` of processor time.

        Raises WorkerFailed, and is then dead.
        """
        try:
            if not self._ready:
                self._receive(time.monotonic() + START_SECONDS)
                self._ready = True
            longest = seconds * _BY_THE_CLOCK
            frame = _frame((*request, seconds, longest))
            deadline = time.monotonic() + longest
            self._send(frame, deadline)
            return self._receive(deadline)
        except WorkerFailed:
            self.kill()
            raise

    def alive(self) -> bool:
        """Whether it still runs: one that waits may be killed by who knows whom."""
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return not poll.poll(0)

    def kill(self) -> None:
        """End it now, leaving no zombie and no descriptor. Does nothing the second time."""
        if self._dead:
            return
        self._dead = True
        if os.getpid() == self.owner:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitid(os.P_PIDFD, self._pidfd, os.WEXITED)
        for descriptor in (self._input, self._output, self._pidfd):
            os.close(descriptor)

    def _send(self, frame: bytes, deadline: float) -> None:
        left = memoryview(frame)
        while left:
            try:
                left = left[os.write(self._input, left) :]
            except BlockingIOError:
                _wait(self._input, select.POLLOUT, deadline)
            except OSError:
                raise self._ended() from None

    def _receive(self, deadline: float) -> dict[str, object]:
        size = int.from_bytes(self._read(4, deadline), "big")
        if size > _ANSWER.max_bytes:
            raise WorkerFailed("its answer is too long")
        try:
            answer = loads(self._read(size, deadline), limits=_ANSWER)
        except StrictJsonError as error:
            raise WorkerFailed(f"its answer is {error}") from None
        if not isinstance(answer, dict):
            raise WorkerFailed("its answer is no object")
        return answer

    def _read(self, size: int, deadline: float) -> bytes:
        data = b""
        while len(data) < size:
            _wait(self._output, select.POLLIN, deadline)
            part = os.read(self._output, size - len(data))
            if not part:
                raise self._ended()
            data += part
        return data

    def _ended(self) -> WorkerFailed:
        """Whether it ended itself because its time was used up."""
        with suppress(ChildProcessError):
            if found := os.waitid(os.P_PIDFD, self._pidfd, os.WEXITED | os.WNOWAIT):
                return WorkerFailed("it ended", timed_out=found.si_status in (signal.SIGPROF, signal.SIGALRM))
        return WorkerFailed("it ended")


def _wait(descriptor: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise WorkerFailed("it took too long", timed_out=True)


def _frame(request: tuple[object, ...]) -> bytes:
    """Four bytes of length and the request. Marshal: quick, exact, and only ever read by the worker."""
    try:
        body = marshal.dumps(request, 2)  # type: ignore[arg-type]
    except ValueError:
        raise StrictJsonError("cannot be written as JSON: it holds something other than plain data") from None
    if len(body) > MAX_REQUEST:
        raise StrictJsonError(f"too large to be checked: more than {MAX_REQUEST >> 20} MiB")
    return len(body).to_bytes(4, "big") + body
