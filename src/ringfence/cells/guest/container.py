"""The first process of a container cell: forks the guest once, watches over it, ends with the parent.

Connects to the one socket that the cell was given. The parent sends one order with descriptors: the guest's
channel, its stdout and its stderr. What the guest opens or says goes there, past the engine.

    parent -> first   {"setup": …, "warm": …} with descriptors: channel, stdout, stderr
    first  -> parent  {"died": pid, "status": …, "cpu_us": …, "peak_kib": …}

When the parent goes away this process ends, and the kernel ends every other in the container with it.
"""

from __future__ import annotations

import _socket
import os
import select
import signal
import sys

import guest

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from typing import Any, NoReturn

_HIDDEN = ("proc", "sys")


def main() -> NoReturn:
    """Serve the parent that listens on the socket which the only argument names."""
    wake = wake_pipe()
    channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM | _socket.SOCK_CLOEXEC)
    channel.connect(sys.argv[1])
    order, descriptors = guest.receive(channel)
    if order["warm"]:
        import asyncio  # noqa: F401
        import json  # noqa: F401
    pid = os.fork()
    if pid == 0:
        channel.close()
        become_guest(order["setup"], descriptors, wake)
    for descriptor in descriptors:
        os.close(descriptor)
    import walls

    walls.not_dumpable()
    _watch(channel, pid, wake[0])


def wake_pipe() -> tuple[int, int]:
    """A pipe that can be read when a child has died; and SIGTERM ends this process."""
    wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))  # a first process has no default for it
    return wake_read, wake_write


def _watch(channel: _socket.socket, pid: int, wake: int) -> NoReturn:
    """Collect the dead, say how the guest ended, and end when the parent closes its end."""
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    poll.register(wake, select.POLLIN)
    while True:
        for fd, _ in poll.poll():
            if fd != wake:
                os._exit(0)  # nothing is ever said to us: this is the end of the parent
            os.read(wake, 512)
            _reap(channel, pid)


def _reap(channel: _socket.socket, pid: int) -> None:
    while True:
        try:
            died, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if died == 0:
            return
        if died == pid:
            cpu = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
            guest.send_frame(channel, {"died": pid, "status": status, "cpu_us": cpu, "peak_kib": usage.ru_maxrss})
            os.kill(-1, signal.SIGKILL)  # whatever it left, which may hold its channel: all but this process


def become_guest(setup: dict[str, Any], descriptors: list[int], wake: tuple[int, int]) -> NoReturn:
    """In the child: the walls that only a process itself can put up, then the call."""
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        for fd in wake:
            os.close(fd)
        control = _socket.socket(fileno=descriptors[0])
        os.dup2(descriptors[1], 1)
        os.dup2(descriptors[2], 2)
        for fd in descriptors[1:]:
            os.close(fd)
        if setup["landlock"] is not None:
            setup["landlock"]["read"] = ["/" + name for name in os.listdir("/") if name not in _HIDDEN]
        guest.prepare(control, setup)
        guest.serve(control)
    finally:
        os._exit(1)
