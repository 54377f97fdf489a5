"""Frames between the parent and a guest: a 4-byte big-endian length, then that many bytes.

Towards the guest: marshal of the parent's own data. From the guest: JSON, of which every byte
is hostile: the length is checked before anything is kept, the text is bounded before it is parsed.
"""

import marshal
import os
import select
import socket
import struct
import time
from contextlib import ExitStack
from typing import Any, NamedTuple

from ringfence import strictjson
from ringfence.dataclasses import dataclass
from ringfence.errors import SandboxUnavailable

_READY_MAX = 64 * 1024
_CREDENTIALS = struct.Struct("3i")
#: The form that every interpreter of a guest reads, whichever interpreter runs the parent.
_MARSHAL = 4


class Ends(NamedTuple):
    """One side of what a guest is connected by: its channel, its standard output, its standard error."""

    channel: socket.socket
    stdout: int
    stderr: int


def connect(ours: ExitStack, theirs: ExitStack) -> tuple[Ends, Ends]:
    """Our ends and the guest's, each closed with its stack. On ours the kernel says of each frame who sent it."""
    channel, inner = socket.socketpair()
    ours.callback(channel.close)
    theirs.callback(inner.close)
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    pipes = list[tuple[int, int]]()
    for _ in range(2):
        read, write = os.pipe2(os.O_CLOEXEC)
        ours.callback(os.close, read)
        theirs.callback(os.close, write)
        pipes.append((read, write))
    (out, out_write), (err, err_write) = pipes
    return Ends(channel, out, err), Ends(inner, out_write, err_write)


def send(channel: socket.socket, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
    """Send one frame; raises OSError where the other side is gone or does not read."""
    data = marshal.dumps(message, _MARSHAL)
    frame = len(data).to_bytes(4, "big") + data
    if descriptors:
        packed = struct.pack(f"{len(descriptors)}i", *descriptors)
        frame = frame[channel.sendmsg([frame], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, packed)]) :]
    channel.sendall(frame)


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame of a guest: its message, its process id as the parent sees it, its listeners."""

    message: dict[str, object]
    pid: int
    descriptors: tuple[int, ...]


def receive_hello(channel: socket.socket, *, timeout: float) -> Hello | None:
    """The first frame, with the kernel's word on who sent it; None where the guest ended first.

    `channel` is an end that `connect` gave, since before the guest existed.
    """
    deadline = time.monotonic() + timeout
    data = bytearray()
    pid = 0
    descriptors: list[int] = []
    space = socket.CMSG_SPACE(_CREDENTIALS.size) + socket.CMSG_SPACE(4 * 64)
    while len(data) < 4 or len(data) < 4 + int.from_bytes(data[:4], "big"):
        _wait(channel, deadline)
        try:
            part, ancillary, _, _ = channel.recvmsg(_READY_MAX, space, socket.MSG_CMSG_CLOEXEC)
        except ConnectionResetError:  # it ended with our setup unread
            part, ancillary = b"", []
        for level, kind, value in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                descriptors += struct.unpack(f"{len(value) // 4}i", value)
            elif level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                pid = _CREDENTIALS.unpack(value)[0]
        data += part
        if not part or len(data) > _READY_MAX:
            for fd in descriptors:
                os.close(fd)
            return None
    message = strictjson.loads(bytes(data[4:]))
    if not isinstance(message, dict):
        return None
    return Hello(message, pid, tuple(descriptors))


def _wait(channel: socket.socket, deadline: float) -> None:
    left = deadline - time.monotonic()
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    if left <= 0 or not poll.poll(left * 1000):
        raise SandboxUnavailable("the cell was not ready in time", hint="is the machine overloaded?")


class AnswerReader:
    """Collects the one answer of a guest, never more than `limit` bytes of it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._data = bytearray()
        self.size: int | None = None
        self.excess = False

    def feed(self, part: bytes) -> None:
        """Take what arrived; `excess` is set once it is longer than it said, or than allowed."""
        self._data += part
        if self.size is None and len(self._data) >= 4:
            self.size = int.from_bytes(self._data[:4], "big")
            self.excess = self.size > self._limit
        if self.size is not None and len(self._data) > 4 + self.size:
            self.excess = True

    @property
    def complete(self) -> bool:
        """Whether all the bytes that the length promised are here."""
        return self.size is not None and len(self._data) >= 4 + self.size

    def message(self, limits: strictjson.JsonLimits) -> object:
        """The answer as JSON. Raises StrictJsonError where it is none, or beyond the limits."""
        return strictjson.loads(bytes(self._data[4:]), limits=limits)
