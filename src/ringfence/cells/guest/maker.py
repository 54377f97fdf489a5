"""The maker: forks cells, each in namespaces of its own, from one warm interpreter.

Runs as the first process of an outer jail that bubblewrap made (same root, same mounts, its own
six namespaces). For every cell it clones a child into fresh namespaces; the child finishes the
walls and becomes the guest. The maker never reads a byte of a plugin, and holds nothing that a
plugin may not see: what it has in memory is this file and the standard library.

    parent -> maker   {"setup": …, "scratch_bytes": …} with descriptors: channel, stdout, stderr, doors of groups
    maker  -> parent  {"born": number}, later {"died": number, "status": …, "cpu_us": …, "peak_kib": …}
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import _socket
import ctypes
import fcntl
import gc
import os
import select
import signal
import stat
import sys

import guest
import walls

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from typing import Any, NoReturn

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
_NEW = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP
_SYS_CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
SIOCSIFFLAGS = 0x8914
IFF_UP_RUNNING = 0x41

# PyDLL keeps the interpreter's lock, so that nothing runs between the fork and its hooks.
_HELD = ctypes.PyDLL(None, use_errno=True)
_LIBC = ctypes.CDLL(None, use_errno=True)

#: Modules whose fork hooks do nothing but make locks and lists of threads anew. The maker has one
#: thread, and it forks where no lock is held; the pages that these hooks touch cost a tenth of a cell.
_NO_NEED_OF_HOOKS = ("threading", "logging", "concurrent.futures.thread")
_hooks: list[dict[str, Any]] = []


def warm_up() -> None:
    """Import what every child shall have already, and keep the hooks that only a plugin's own forks need."""
    register = os.register_at_fork

    def sort_out(**hooks: Any) -> None:
        if sys._getframe(1).f_globals["__name__"] in _NO_NEED_OF_HOOKS:
            _hooks.append(hooks)
        else:
            register(**hooks)

    os.register_at_fork = sort_out
    try:
        import asyncio  # noqa: F401
        import json  # noqa: F401
    finally:
        os.register_at_fork = register
    # A collection in a child would write to all of it, and so copy it.
    gc.collect()
    gc.freeze()


def main() -> NoReturn:
    """Serve the parent on the descriptor that the only argument names, until it goes away."""
    channel = _socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(channel.fileno(), False)
    wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children: dict[int, int] = {}
    warm_up()
    seal_shared_files()
    guest.send_frame(channel, {"maker": os.getpid()})
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    poll.register(wake_read, select.POLLIN)
    while True:
        for fd, _ in poll.poll():
            if fd == wake_read:
                os.read(wake_read, 512)
                _reap(channel, children)
            else:
                order, descriptors = guest.receive(channel)
                pid = _make(channel, order, descriptors, (wake_read, wake_write))
                if pid > 0:
                    children[pid] = order["number"]
                for descriptor in descriptors:
                    os.close(descriptor)


def seal_shared_files() -> None:
    """Leave no file that one child could change under another.

    ctypes keeps an anonymous file open from which every process maps its callbacks' code. Children
    inherit it; writable, one cell could rewrite code that the next one runs. So it is opened again
    for reading only, and a writable shared mapping is the end of the maker.
    """
    for name in os.listdir("/proc/self/fd"):
        try:
            status = os.fstat(int(name))
        except OSError:
            continue  # the descriptor of the listing itself
        if stat.S_ISREG(status.st_mode) and int(name) > 2:
            again = os.open("/proc/self/fd/" + name, os.O_RDONLY | os.O_CLOEXEC)
            os.dup2(again, int(name), inheritable=False)
            os.close(again)
    with open("/proc/self/maps") as maps:
        shared = [line for line in maps if line.split()[1][1] == "w" and line.split()[1][3] == "s"]
    if shared:
        raise OSError("the maker shares writable memory: " + shared[0])


def _reap(channel: _socket.socket, children: dict[int, int]) -> None:
    while children:
        pid, status, usage = os.wait4(-1, os.WNOHANG)
        if pid == 0:
            return
        cpu = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
        guest.send_frame(
            channel, {"died": children.pop(pid), "status": status, "cpu_us": cpu, "peak_kib": usage.ru_maxrss}
        )


def _make(channel: _socket.socket, order: dict[str, Any], descriptors: list[int], wake: tuple[int, int]) -> int:
    _HELD.PyOS_BeforeFork()
    pid = _HELD.syscall(ctypes.c_long(_SYS_CLONE), ctypes.c_long(_NEW | signal.SIGCHLD), None, None, None, None)
    if pid == 0:
        _HELD.PyOS_AfterFork_Child()
        _become_guest(channel, order, descriptors, wake)
    error = ctypes.get_errno()
    _HELD.PyOS_AfterFork_Parent()
    if pid < 0:
        guest.send_frame(channel, {"unborn": order["number"], "error": os.strerror(error)})
    return int(pid)


def _become_guest(
    channel: _socket.socket, order: dict[str, Any], descriptors: list[int], wake: tuple[int, int]
) -> NoReturn:
    """Never returns. In the child: finish the namespaces, then be the guest."""
    try:
        _signal.set_wakeup_fd(-1)
        _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
        walls.die_with_parent()
        channel.close()
        for fd in wake:
            os.close(fd)
        control = _socket.socket(fileno=descriptors[0])
        try:
            guest.enter_groups(descriptors[3:])
            os.dup2(descriptors[1], 1)
            os.dup2(descriptors[2], 2)
            for fd in descriptors[1:3]:
                os.close(fd)
            _map_user(order["user"], order["group"])
            for mount in order["mounts"]:
                _tmpfs(*mount)
            _loopback_up()
        except OSError as error:
            guest.send_frame(control, {"failed": str(error)})
            os._exit(1)
        for hooks in _hooks:
            os.register_at_fork(**hooks)
        guest.prepare(control, order["setup"])
        guest.serve(control)
    finally:
        os._exit(1)


def _map_user(user: int, group: int) -> None:
    """The one user id that this namespace knows is the one it had outside (user_namespaces(7))."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        fd = os.open("/proc/self/" + name, os.O_WRONLY | os.O_CLOEXEC)
        os.write(fd, text.encode())
        os.close(fd)


def _tmpfs(path: str, options: str, read_only: bool) -> None:
    flags = MS_NOSUID | MS_NODEV | (MS_RDONLY if read_only else 0)
    if _LIBC.mount(b"tmpfs", path.encode(), b"tmpfs", ctypes.c_ulong(flags), options.encode()) != 0:
        error = ctypes.get_errno()
        raise OSError(error, "mount " + path + ": " + os.strerror(error))
    if path == "/tmp":  # noqa: S108
        os.chdir(path)


def _loopback_up() -> None:
    probe = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
    fcntl.ioctl(
        probe.fileno(),
        SIOCSIFFLAGS,
        b"lo".ljust(16, b"\0") + IFF_UP_RUNNING.to_bytes(2, sys.byteorder) + bytes(22),
    )
    probe.close()
