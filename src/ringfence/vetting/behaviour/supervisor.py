"""The parent's side of a watched cell: takes the listener out of it, answers every question, keeps what was asked.

Constants are copied, with their names, from linux/seccomp.h and asm/unistd.h. A question that nobody answers stops the
cell, so that where this ends early nothing is let through.
"""

import contextlib
import ctypes
import errno
import fcntl
import os
import select
import struct
import threading
import time

from ringfence.vetting.behaviour import filters
from ringfence.vetting.behaviour.record import Attempt, of_path
from ringfence.vetting.behaviour.witness import READY

SYS_PIDFD_GETFD = 438
SECCOMP_IOCTL_NOTIF_RECV = 0xC0502100
SECCOMP_IOCTL_NOTIF_SEND = 0xC0182101
SECCOMP_USER_NOTIF_FLAG_CONTINUE = 1
_QUESTION = struct.Struct("<QIIiIQ6Q")
_ANSWER = struct.Struct("<QqiI")
_MOST = 5000
_SETID = 0o6000
_AF_INET, _AF_INET6 = 2, 10
_CONTINUE = 0


class Supervisor:
    """Watches one cell until `close`. `network`: connections to granted destinations go on."""

    def __init__(self, pid: int, pidfd: int, *, network: bool) -> None:
        self.attempts = set[Attempt]()
        self.ready = False
        self.fault = ""
        self._pid = pid
        self._pidfd = pidfd
        self._network = network
        self._names = filters.numbers()
        self._closed = threading.Event()
        self._started = False
        self._thread = threading.Thread(target=self._run, name="ringfence-witness", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; what was seen stays."""
        self._closed.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        try:
            listener = self._listener()
        except OSError as error:
            self.fault = f"the witness could not be reached: {error.strerror}"
            return
        if listener < 0:
            self.fault = "the witness did not come up"
            return
        try:
            self._serve(listener)
        except OSError as error:
            self.fault = f"the witness broke off: {error.strerror}"
        finally:
            os.close(listener)

    def _listener(self) -> int:
        """The descriptor on which the cell's kernel asks, once there is one; -1 where none comes."""
        folder = f"/proc/{self._pid}/fd"
        while not self._closed.is_set():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                for name in os.listdir(folder):
                    with contextlib.suppress(FileNotFoundError):
                        if os.readlink(f"{folder}/{name}") == "anon_inode:seccomp notify":
                            return _taken(self._pidfd, int(name))
            time.sleep(0.001)
        return -1

    def _serve(self, listener: int) -> None:
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        while not self._closed.is_set():
            events = poll.poll(100)
            if not events:
                continue
            if events[0][1] & (select.POLLHUP | select.POLLERR):
                return
            question = bytearray(_QUESTION.size)
            try:
                fcntl.ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, question, True)
            except OSError as error:
                if error.errno in (errno.ENOENT, errno.EINTR):
                    continue  # who asked is gone
                raise
            self._answer(listener, question)

    def _answer(self, listener: int, question: bytearray) -> None:
        id_, pid, _, number, _, _, *arguments = _QUESTION.unpack(question)
        refusal = self._judge(self._names.get(number, ""), pid, arguments)
        flags = 0 if refusal else SECCOMP_USER_NOTIF_FLAG_CONTINUE
        answer = _ANSWER.pack(id_, 0, -refusal, flags)
        with contextlib.suppress(FileNotFoundError):  # killed meanwhile
            fcntl.ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, answer)

    def _judge(self, name: str, pid: int, arguments: list[int]) -> int:
        """0 to let a call go on, else the error that it gets."""
        if name in filters.ESCAPES:
            return self._escape(name)
        if name in filters.PROGRAMS:
            at = 0 if name == "execve" else 1
            words = _words(pid, arguments[at + 1])
            if words[1:] != ["-p"] or not words[0].endswith("uname"):  # the library's own, in `platform`
                self._note("process", _text(pid, arguments[at]))
            return _CONTINUE
        if name in filters.NETWORK:
            return self._net(name, pid, arguments)
        return self._file(name, pid, arguments)

    def _escape(self, name: str) -> int:
        if name in (
            "symlink",
            "symlinkat",
            "mknod",
            "mknodat",
            "setuid",
            "setgid",
            "setresuid",
            "setreuid",
            "personality",
        ):
            return errno.EPERM  # refused in every cell, and made by honest code too
        self._note("escape", name)
        return errno.EPERM

    def _file(self, name: str, pid: int, arguments: list[int]) -> int:
        at = name in (
            "openat",
            "newfstatat",
            "statx",
            "faccessat",
            "faccessat2",
            "readlinkat",
            "unlinkat",
            "renameat",
            "renameat2",
        )
        path = _text(pid, arguments[1 if at else 0])
        if path == READY and not self.ready:
            self.ready = True
            return errno.ENOENT
        changes = name in filters.CHANGES or (name in ("open", "openat") and bool(arguments[2 if at else 1] & 0o1101))
        found = of_path(path, changes=changes) if self.ready else None
        if found is not None and len(self.attempts) < _MOST:
            self.attempts.add(found)
        mode = arguments[3 if at else 2] if name in ("open", "openat") else 0
        return errno.EPERM if mode & _SETID and arguments[2 if at else 1] & os.O_CREAT else _CONTINUE

    def _net(self, name: str, pid: int, arguments: list[int]) -> int:
        if name == "socket":
            family, kind = arguments[0] & 0xFFFFFFFF, arguments[1] & 0xF
            if family in (_AF_INET, _AF_INET6) and kind in (1, 2):
                return _CONTINUE  # where it leads is asked when it connects
            if family not in (1, 16):
                self._note("network", f"a socket of family {family}")
            return errno.EPERM
        place, size = self._address(name, pid, arguments)
        if not place:
            return _CONTINUE
        data = _memory(pid, place, min(size, 128))
        target = _target(data)
        if target is None:
            return _CONTINUE if not data else errno.EPERM
        host, port = target
        granted = self._network and host.startswith("127.0.1.")
        if not granted:
            self._note("network", f"{host}:{port}")
        return _CONTINUE if granted else errno.ECONNREFUSED

    def _address(self, name: str, pid: int, arguments: list[int]) -> tuple[int, int]:
        """Where a call keeps the address that it means, and how long that is."""
        if name == "connect":
            return arguments[1], arguments[2] & 0xFFFF
        if name == "sendto":
            return arguments[4], arguments[5] & 0xFFFF
        header = _memory(pid, arguments[1], 12)
        return struct.unpack("<QI", header) if len(header) == 12 else (0, 0)

    def _note(self, kind: str, what: str) -> None:
        if self.ready and len(self.attempts) < _MOST:
            self.attempts.add(Attempt(kind=kind, what=what[:300]))


def _taken(pidfd: int, number: int) -> int:
    """A descriptor of another process as one's own."""
    libc = ctypes.CDLL(None, use_errno=True)
    found: int = libc.syscall(ctypes.c_long(SYS_PIDFD_GETFD), pidfd, number, 0)
    if found < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return found


def _memory(pid: int, place: int, size: int) -> bytes:
    try:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            memory.seek(place)
            return memory.read(size) or b""
    except (OSError, ValueError, OverflowError):
        return b""


def _text(pid: int, place: int) -> str:
    """A C string; what crosses into a page that is not there ends at it."""
    data = _memory(pid, place, 512) or _memory(pid, place, 4096 - place % 4096)
    return data.partition(b"\0")[0].decode("utf-8", "replace")


def _words(pid: int, place: int) -> list[str]:
    """The first words of an argument vector."""
    places = [int.from_bytes(_memory(pid, place + 8 * at, 8), "little") for at in range(4)]
    count = places.index(0) if 0 in places else len(places)
    return [_text(pid, one) for one in places[:count]] or [""]


def _target(data: bytes) -> tuple[str, int] | None:
    """Host and port of a sockaddr of IP; None for others."""
    import ipaddress

    family = int.from_bytes(data[:2], "little")
    if family == _AF_INET and len(data) >= 8:
        return str(ipaddress.IPv4Address(data[4:8])), int.from_bytes(data[2:4], "big")
    if family == _AF_INET6 and len(data) >= 24:
        return str(ipaddress.IPv6Address(data[8:24])), int.from_bytes(data[2:4], "big")
    return None
