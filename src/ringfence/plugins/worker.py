"""The process in which schemas are judged: started, asked, and killed; never trusted.

One `WorkerProcess` is one run of `validator_worker`. It answers one request at a time. Whatever goes wrong
(time, crash, nonsense) ends it, and `WorkerFailed` says how; the caller starts another.
"""

import marshal
import os
import select
import signal
import sys
import time
from contextlib import suppress
from importlib.machinery import PathFinder
from pathlib import Path

from ringfence.errors import RingfenceError, SandboxUnavailable
from ringfence.strictjson import JsonLimits, StrictJsonError, loads

MEMORY_BYTES = 512 << 20
START_SECONDS = 20.0
MAX_REQUEST = 64 << 20
_ANSWER = JsonLimits(max_bytes=1 << 20, max_depth=16)
_PROGRAM = Path(__file__).with_name("validator_worker.py")


class WorkerFailed(Exception):
    """The worker is gone. `timed_out` tells slowness from a crash."""

    def __init__(self, reason: str, *, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.timed_out = timed_out


class WorkerProcess:
    """A running worker. Not thread-safe: whoever has it borrowed it from `SchemaValidator`."""

    def __init__(self) -> None:
        """Start it and return at once; the first request waits until it is ready."""
        self.owner = os.getpid()
        self.known: set[bytes] = set()
        self._ready = False
        self._dead = False
        try:
            self._pidfd, self._input, self._output = _spawn()
        except OSError as error:
            reason = (error.strerror or "error").lower()
            raise SandboxUnavailable(f"the process that checks schemas cannot be started: {reason}") from None

    def ask(self, request: tuple[str, bytes, object, object], seconds: float) -> dict[str, object]:
        """The answer to (kind, digest, schema or None, instance). Raises WorkerFailed, and is then dead."""
        try:
            if not self._ready:
                self._receive(time.monotonic() + START_SECONDS)
                self._ready = True
            frame = _frame((*request, seconds))
            deadline = time.monotonic() + seconds
            self._send(frame, deadline)
            return self._receive(deadline)
        except WorkerFailed:
            self.kill()
            raise

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
                raise WorkerFailed("it ended") from None

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
                raise WorkerFailed("it ended")
            data += part
        return data


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


def _spawn() -> tuple[int, int, int]:
    """(pidfd, descriptor to write to, descriptor to read from) of a new worker in a session of its own."""
    child_input, parent_output = os.pipe2(os.O_CLOEXEC)
    parent_input, child_output = os.pipe2(os.O_CLOEXEC)
    try:
        pidfd = _pidfd(
            os.posix_spawn(
                sys.executable,
                [sys.executable, "-I", "-S", "-B", str(_PROGRAM), _library(), str(MEMORY_BYTES)],
                {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, child_input, 0),
                    (os.POSIX_SPAWN_DUP2, child_output, 1),
                    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                ],
                setsid=True,
                setsigmask=[],
                setsigdef=sorted(signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}),
            )
        )
    except BaseException:
        os.close(parent_output)
        os.close(parent_input)
        raise
    finally:
        os.close(child_input)
        os.close(child_output)
    os.set_blocking(parent_output, False)
    return pidfd, parent_output, parent_input


def _pidfd(pid: int) -> int:
    """A descriptor of the new child: unlike its number it can never mean another process."""
    try:
        return os.pidfd_open(pid)
    except OSError:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise


def _library() -> str:
    """The directory that holds jsonschema-rs, found without importing it."""
    spec = PathFinder.find_spec("jsonschema_rs")
    if spec is None or spec.origin is None:
        raise RingfenceError("jsonschema-rs is not installed", hint="install Ringfence with its dependencies")
    return str(Path(spec.origin).parent.parent)
