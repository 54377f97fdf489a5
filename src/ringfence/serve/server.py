"""The server: takes requests line by line, queues them fairly, answers from a few worker threads.

    -> {"id": "1", "plugin": "text-report", "method": "build", "arguments": {…}}
    -> {"cancel": "1"}
    <- {"id": "1", "envelope": {…}}

Answers come in the order in which calls end. A caller that goes away takes its calls back. On
SIGTERM or SIGINT nothing new is taken, everything taken is answered, and the server ends.
"""

import asyncio
import contextlib
import os
import signal
import socket
import stat
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from ringfence import strictjson
from ringfence.dataclasses import dataclass, field
from ringfence.errors import Busy, Cancelled, InvalidArguments, RingfenceError, UsageError
from ringfence.gate.call import Caller, Request, this_process
from ringfence.gate.envelope import Envelope
from ringfence.gate.gate import ARGUMENT_LIMITS, Gate
from ringfence.serve.fairqueue import FairQueue
from ringfence.serve.stdio import Stdio

_LINE_LIMITS = strictjson.JsonLimits(max_bytes=ARGUMENT_LIMITS.max_bytes + 4096, max_depth=66)
#: How long a caller may take to read what it was sent, once nothing more comes.
_SEND_SECONDS = 10.0
_KEYS = frozenset({"id", "plugin", "method", "arguments"})
_PEER = struct.Struct("3i")


@dataclass(eq=False)
class _Job:
    """One call on its way. `reply` may be called from any thread, once."""

    id: str
    request: Request
    reply: Callable[["_Job", Envelope], None]
    cancelled: threading.Event = field(default_factory=threading.Event)


class Server:
    """Answers calls from a gate until it is told to stop."""

    def __init__(self, gate: Gate, *, workers: int, queue: int, allowed: frozenset[int]) -> None:
        self._gate = gate
        self._queue: FairQueue[_Job] = FairQueue(queue)
        self._allowed = allowed
        self._workers = [threading.Thread(target=self._work, name=f"ringfence-call-{n}") for n in range(workers)]
        self._stop = asyncio.Event()
        self._open: set[_Connection] = set()

    async def run_socket(self, path: Path, ready: Callable[[], None]) -> None:
        """Serve a unix socket at `path`, made for this user alone unless others are allowed."""
        listener = _listen(path, shared=len(self._allowed) > 1)
        server = await asyncio.start_unix_server(self._accept, sock=listener, limit=_LINE_LIMITS.max_bytes)
        try:
            await self._run(ready)
        finally:
            server.close()
            with contextlib.suppress(OSError):
                path.unlink()

    async def run_stdio(self, ready: Callable[[], None]) -> None:
        """Serve standard input until its end, or until nobody reads the answers. Raises OSError where they are lost."""
        stdio = Stdio()
        reader, writer = await stdio.open(_LINE_LIMITS.max_bytes)
        connection = _Connection(self, reader, writer, this_process("stdio"), patient=True)

        async def until_end() -> None:
            try:
                await self._serve(connection)
            finally:
                self._stop.set()

        async def until_gone() -> None:
            await stdio.gone.wait()
            connection.cancel()
            self._stop.set()

        tasks = [asyncio.create_task(until_end()), asyncio.create_task(until_gone())]
        await self._run(ready)
        for task in tasks:
            task.cancel()
        await stdio.close(_SEND_SECONDS)
        if stdio.failure is not None:
            raise stdio.failure

    async def _run(self, ready: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        for worker in self._workers:
            worker.start()
        ready()
        await self._stop.wait()
        self._queue.close()
        for worker in self._workers:
            await asyncio.to_thread(worker.join)
        for connection in list(self._open):
            await connection.finish()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
        pid, uid, gid = _PEER.unpack(peer)
        if uid not in self._allowed:
            writer.close()
            return
        with contextlib.suppress(asyncio.CancelledError):  # the server ends; asyncio would print it
            await self._serve(_Connection(self, reader, writer, Caller(uid=uid, gid=gid, pid=pid, via="socket")))

    async def _serve(self, connection: "_Connection") -> None:
        self._open.add(connection)
        try:
            await connection.serve()
        finally:
            self._open.discard(connection)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            if job.cancelled.is_set():
                answer = self._gate.refuse(job.request, Cancelled("the caller took the call back"))
            else:
                answer = self._gate.answer(job.request, self._gate.find, job.cancelled.is_set)
            job.reply(job, answer)

    def submit(self, connection: object, job: _Job) -> None:
        """Queue a call. Raises Busy."""
        self._queue.put(connection, job)

    async def refuse(self, request: Request, error: RingfenceError) -> Envelope:
        """Put a refusal on record, off the loop's thread."""
        return await asyncio.to_thread(self._gate.refuse, request, error)


class _Connection:
    """One caller's lines. `patient` ones wait for their answers after the end of their input."""

    def __init__(
        self,
        server: Server,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        caller: Caller,
        *,
        patient: bool = False,
    ) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._caller = caller
        self._patient = patient
        self._jobs: dict[str, _Job] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._loop = asyncio.get_running_loop()

    async def serve(self) -> None:
        """Until the caller closes or says something that cannot be a line."""
        with contextlib.suppress(ConnectionError):  # the caller is gone, as if they had closed
            while line := await self._line():
                await self._take(line)
        if self._patient:
            await self._idle.wait()
        self.cancel()
        await self._idle.wait()
        await self.finish()

    def cancel(self) -> None:
        """Take back every call that is under way."""
        for job in list(self._jobs.values()):
            job.cancelled.set()

    async def _line(self) -> bytes:
        """The next line; one that is too long is refused and passed over. Empty at the end."""
        refused = False
        while True:
            try:
                line = await self._reader.readuntil(b"\n")
            except asyncio.IncompleteReadError as end:
                line = end.partial
            except asyncio.LimitOverrunError as long:
                if not refused:
                    await self._refuse_line(InvalidArguments(f"a line is longer than {_LINE_LIMITS.max_bytes} bytes"))
                refused = True
                await self._reader.readexactly(long.consumed)
                continue
            if not refused or not line:
                return line
            refused = False  # that was the rest of it

    async def finish(self) -> None:
        """Send what is left to send, to a caller who reads it."""
        with contextlib.suppress(ConnectionError, OSError, TimeoutError):
            self._writer.close()
            await asyncio.wait_for(self._writer.wait_closed(), _SEND_SECONDS)

    async def _take(self, line: bytes) -> None:
        message: object = None
        try:
            message = strictjson.loads(line, limits=_LINE_LIMITS)
            job = self._job(message)
        except RingfenceError as error:
            await self._refuse_line(error, message)
            return
        if job is None:
            return
        self._jobs[job.id] = job
        self._idle.clear()
        try:
            self._server.submit(self, job)
        except Busy as error:
            self._send(job, await self._server.refuse(job.request, error))
        await self._writer.drain()

    def _job(self, message: object) -> _Job | None:
        if not isinstance(message, dict):
            raise InvalidArguments("a line must be a JSON object")
        if set(message) == {"cancel"}:
            if (job := self._jobs.get(str(message["cancel"]))) is not None:
                job.cancelled.set()
            return None
        if unknown := set(message) - _KEYS:
            raise InvalidArguments(f"unknown key {sorted(unknown)[0][:80]!r} in a line", hint=f"known: {sorted(_KEYS)}")
        name, plugin, method = (message.get(key) for key in ("id", "plugin", "method"))
        if not isinstance(name, str) or not isinstance(plugin, str) or not isinstance(method, str):
            raise InvalidArguments("id, plugin and method must be strings")
        if name in self._jobs:
            raise InvalidArguments(f"the id {name[:80]!r} is still in use")
        raw = strictjson.dumps(message.get("arguments", {})).encode()
        request = Request(plugin=plugin, method=method, arguments=raw, caller=self._caller)
        return _Job(name, request, self._reply)

    def _reply(self, job: _Job, answer: Envelope) -> None:
        self._loop.call_soon_threadsafe(self._send, job, answer)

    def _send(self, job: _Job, answer: Envelope) -> None:
        self._write({"id": job.id, "envelope": dict(answer.body)})
        self._jobs.pop(job.id, None)
        if not self._jobs:
            self._idle.set()

    async def _refuse_line(self, error: RingfenceError, message: object = None) -> None:
        """Answer a line that is no request: to its id, where that can be told and is no call's that is under way."""
        name = message.get("id") if isinstance(message, dict) else None
        request = Request(plugin="", method="", arguments=b"", caller=self._caller)
        answer = await self._server.refuse(request, error)
        known = isinstance(name, str) and name not in self._jobs
        self._write({"id": name if known else None, "envelope": dict(answer.body)})

    def _write(self, message: object) -> None:
        with contextlib.suppress(ConnectionError, OSError):
            self._writer.write(strictjson.dumps(message).encode() + b"\n")


def _listen(path: Path, *, shared: bool) -> socket.socket:
    """A listening socket, 0600 (0666 where other users are allowed: who may call is checked by peer)."""
    if path.is_symlink():
        raise UsageError(f"{path} is a link")
    if path.exists():
        if not stat.S_ISSOCK(path.stat().st_mode):
            raise UsageError(f"{path} exists and is not a socket")
        probe = socket.socket(socket.AF_UNIX)
        try:
            probe.connect(str(path))
        except OSError:
            path.unlink()
        else:
            raise UsageError(f"another server answers on {path}")
        finally:
            probe.close()
    listener = socket.socket(socket.AF_UNIX)
    old = os.umask(0o111 if shared else 0o177)
    try:
        listener.bind(str(path))
    except OSError as error:
        listener.close()
        raise UsageError(f"cannot listen on {path}: {error.strerror or error}") from error
    finally:
        os.umask(old)
    listener.listen(128)
    return listener
