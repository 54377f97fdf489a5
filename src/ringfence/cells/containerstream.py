"""A guest's channel and output, carried over the streams of its container's first process (`guest/carried.py`).

Where no descriptor can be handed into a container, these are the ends that the parent has instead. Two threads pass
bytes on, a piece at a time: what nobody takes holds the container up and is kept nowhere. Every byte that comes is
hostile: what is of no known kind is dropped.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator

_CHANNEL, _OUTPUT, _ERRORS, _REPORT = range(1, 5)
#: The engine's own framing of a container's standard output, among standard input and errors.
_STANDARD_OUTPUT = 1
_CHUNK = 65536
_HEADER = 8
_END_SECONDS = 10.0


class Carried:
    """The parent's ends. `attached` is the engine's connection to the container's standard streams; it is ours now."""

    def __init__(self, attached: socket.socket) -> None:
        self._attached = attached
        (self.channel, channel), (out, inner_out) = socket.socketpair(), socket.socketpair()
        (errors, inner_errors), (self.report, report) = socket.socketpair(), socket.socketpair()
        self.stdout, self.stderr = out.detach(), errors.detach()
        self._ends = {_CHANNEL: channel, _OUTPUT: inner_out, _ERRORS: inner_errors, _REPORT: report}
        self._open = dict(self._ends)
        self._threads = [
            threading.Thread(target=run, name="ringfence-carried", daemon=True) for run in (self._in, self._out)
        ]

    def start(self) -> None:
        """Begin to pass bytes on."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End it; what the parent took of the ends is the parent's to close."""
        for one in (self._attached, *self._ends.values()):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(_END_SECONDS)
        for one in (self._attached, *self._ends.values()):
            one.close()

    def _in(self) -> None:
        """What the guest is sent."""
        channel = self._ends[_CHANNEL]
        with contextlib.suppress(OSError):
            while part := channel.recv(_CHUNK):
                self._attached.sendall(part)
        with contextlib.suppress(OSError):
            self._attached.shutdown(socket.SHUT_WR)

    def _out(self) -> None:
        """What comes of it; at its end everything has ended."""
        engine, first = Pieces(), Pieces()
        with contextlib.suppress(OSError):
            while part := self._attached.recv(_CHUNK):
                for stream, data in engine.feed(part):
                    if stream == _STANDARD_OUTPUT:
                        self._give(first.feed(data))
        for kind in list(self._open):
            self._end(kind)

    def _give(self, pieces: Iterator[tuple[int, bytes]]) -> None:
        for kind, data in pieces:
            if kind in self._open:
                try:
                    self._open[kind].sendall(data)
                except OSError:  # the parent wants no more of it
                    data = b""
                if not data:
                    self._end(kind)

    def _end(self, kind: int) -> None:
        with contextlib.suppress(OSError):
            self._open.pop(kind).shutdown(socket.SHUT_WR)


class Pieces:
    """Takes pieces apart: what each is of (1 byte), three bytes, its size (4 bytes), and its bytes as they come."""

    def __init__(self) -> None:
        self._header = b""
        self._kind = 0
        self._left = 0

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The pieces, or parts of them, in these bytes; one of no bytes says that there are no more of its kind."""
        while data:
            if self._left:
                part, data = data[: self._left], data[self._left :]
                self._left -= len(part)
                yield self._kind, part
                continue
            wanted = _HEADER - len(self._header)
            self._header, data = self._header + data[:wanted], data[wanted:]
            if len(self._header) == _HEADER:
                self._kind, self._left = self._header[0], int.from_bytes(self._header[4:], "big")
                self._header = b""
                if not self._left:
                    yield self._kind, b""
