"""The first process of a container whose kernel is its own: makes the guest's channel and pipes, and carries them.

No descriptor can be handed into such a container and no socket of the host be reached from it. So all of a call
passes the container's own standard input and output.

    parent -> first   one frame {"setup": …, "warm": …}; then what the guest's channel is sent, as it is
    first  -> parent  pieces: of what it is (1 byte), three of zero, a size (4 bytes), the bytes; none are its end

A piece is read only when the one before it was taken, so nothing piles up here. What the guest wrote is passed on
before the end of its channel is. When the parent goes away this process ends, and the container with it.
"""

from __future__ import annotations

import _socket
import marshal
import os
import resource
import select
import signal

import container

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from typing import NoReturn

CHANNEL, OUTPUT, ERRORS, REPORT = range(1, 5)
_CHUNK = 65536


def main() -> NoReturn:
    """Serve the parent that holds the other end of the standard streams."""
    wake = container.wake_pipe()
    order = marshal.loads(_exactly(int.from_bytes(_exactly(4), "big")))  # noqa: S302  # the parent's
    if order["warm"]:
        import asyncio  # noqa: F401
        import json  # noqa: F401
    channel, theirs = _socket.socketpair()
    out, out_write = os.pipe2(os.O_CLOEXEC)
    errors, errors_write = os.pipe2(os.O_CLOEXEC)
    if not processes_are_counted():
        order["setup"]["refuse"] = "the kernel of this runtime does not hold a bound on processes"
    pid = os.fork()
    if pid == 0:
        channel.close()
        os.close(out)
        os.close(errors)
        os.dup2(os.open("/dev/null", os.O_RDONLY | os.O_CLOEXEC), 0)
        container.become_guest(order["setup"], [theirs.detach(), out_write, errors_write], wake)
    theirs.close()
    os.close(out_write)
    os.close(errors_write)
    import walls

    walls.not_dumpable()
    _Carrier(channel, {out: OUTPUT, errors: ERRORS}, pid).carry(wake[0])


def processes_are_counted() -> bool:
    """Whether RLIMIT_NPROC is held here: tried in a process that is thrown away."""
    pid = os.fork()
    if pid == 0:
        try:
            resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))
            if os.fork() == 0:
                os._exit(0)
        except BlockingIOError:
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def told() -> dict[str, object]:
    """What this process sees of its own walls, for the parent to judge."""
    import walls

    with open("/proc/self/status") as status, open("/proc/self/mounts") as mounts, open("/proc/net/dev") as devices:
        return {
            "status": status.read(8192),
            "mounts": mounts.read(32768),
            "interfaces": [line.split(":")[0].strip() for line in devices if ":" in line],
            "no_new_privileges": walls.has_no_new_privileges(),
        }


class _Carrier:
    """Passes on what comes from either side until the parent goes away."""

    def __init__(self, channel: _socket.socket, pipes: dict[int, int], pid: int) -> None:
        self._channel = channel
        self._pipes = pipes
        self._pid = pid
        self._poll = select.poll()

    def carry(self, wake: int) -> NoReturn:
        """Never returns."""
        for fd in self._pipes:
            os.set_blocking(fd, False)
        for fd in (0, wake, self._channel.fileno(), *self._pipes):
            self._poll.register(fd, select.POLLIN)
        while True:
            for fd, _ in self._poll.poll():
                if fd == 0:
                    self._to_guest()
                elif fd == wake:
                    os.read(wake, 512)
                    self._reap()
                elif fd in self._pipes:
                    self._pass_pipe(fd)
                elif fd == self._channel.fileno():
                    self._pass_channel()

    def _to_guest(self) -> None:
        data = os.read(0, _CHUNK)
        if not data:
            os._exit(0)
        try:
            self._channel.sendall(data)
        except OSError:
            return  # it has ended; the parent hears of it

    def _pass_pipe(self, fd: int) -> None:
        """What the pipe holds now, a piece at a time."""
        while fd in self._pipes:
            try:
                data = os.read(fd, _CHUNK)
            except BlockingIOError:
                return
            _send(self._pipes[fd], data)
            if not data:
                self._poll.unregister(fd)
                del self._pipes[fd]

    def _pass_channel(self) -> None:
        if self._channel.fileno() < 0:
            return
        try:
            data = self._channel.recv(_CHUNK)
        except OSError:
            data = b""
        if not data:
            for fd in list(self._pipes):
                self._pass_pipe(fd)
            self._poll.unregister(self._channel.fileno())
            self._channel.close()
        _send(CHANNEL, data)

    def _reap(self) -> None:
        while True:
            try:
                died, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if died == 0:
                return
            if died == self._pid:
                self._end(status, usage)

    def _end(self, status: int, usage: resource.struct_rusage) -> None:
        """The guest is dead: nothing that it left may hold its pipes; all that they hold is passed on."""
        try:  # noqa: SIM105  # contextlib would have to be imported
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
        for fd in list(self._pipes):
            os.set_blocking(fd, True)
            self._pass_pipe(fd)
        while self._channel.fileno() >= 0:
            self._pass_channel()
        cpu = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
        said = f'{{"status": {status}, "cpu_us": {cpu}, "peak_kib": {usage.ru_maxrss}}}'
        _send(REPORT, len(said).to_bytes(4, "big") + said.encode())


def _send(kind: int, data: bytes) -> None:
    """One piece to the parent; waits until all of it is taken."""
    left = memoryview(bytes((kind, 0, 0, 0)) + len(data).to_bytes(4, "big") + data)
    try:
        while left:
            left = left[os.write(1, left) :]
    except OSError:
        os._exit(0)


def _exactly(size: int) -> bytes:
    """That many bytes of standard input; ends the process where the parent is gone."""
    parts = []
    while size:
        part = os.read(0, min(size, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
