"""Walls that a process puts up around itself: rlimits, capabilities, Landlock, seccomp.

Runs inside the cell before any byte of the plugin is read. Each function raises OSError when
its wall cannot be put up; nothing here is best effort. Constants are copied, with their names,
from the kernel's headers (linux/landlock.h, linux/prctl.h, linux/capability.h, linux/seccomp.h).
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing has it, without its cost
    from typing import Any

_LIBC = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39
PR_SET_SECCOMP = 22
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
SECCOMP_MODE_FILTER = 2
_LINUX_CAPABILITY_VERSION_3 = 0x20080522

SYS_LANDLOCK_CREATE_RULESET = 444
SYS_LANDLOCK_ADD_RULE = 445
SYS_LANDLOCK_RESTRICT_SELF = 446
LANDLOCK_RULE_PATH_BENEATH = 1
LANDLOCK_RULE_NET_PORT = 2

FS_EXECUTE = 1 << 0
FS_WRITE_FILE = 1 << 1
FS_READ_FILE = 1 << 2
FS_READ_DIR = 1 << 3
FS_REMOVE_DIR = 1 << 4
FS_REMOVE_FILE = 1 << 5
FS_MAKE_DIR = 1 << 7
FS_MAKE_REG = 1 << 8
FS_REFER = 1 << 13
FS_TRUNCATE = 1 << 14
FS_IOCTL_DEV = 1 << 15
#: Rights that each Landlock ABI added (index = ABI - 1), as a mask of all handled so far.
_FS_ALL = ((1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1)
_FS_FILE = FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV
_FS_READ = FS_EXECUTE | FS_READ_FILE | FS_READ_DIR
_FS_CHANGE = FS_WRITE_FILE | FS_TRUNCATE | FS_REMOVE_DIR | FS_REMOVE_FILE | FS_MAKE_DIR | FS_MAKE_REG | FS_REFER
NET_BIND_TCP = 1 << 0
NET_CONNECT_TCP = 1 << 1
SCOPE_ABSTRACT_UNIX_SOCKET = 1 << 0
SCOPE_SIGNAL = 1 << 1


def _check(result: int, what: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, what + ": " + os.strerror(error))
    return result


def _syscall(what: str, number: int, *arguments: Any) -> int:
    words = [a if isinstance(a, ctypes._SimpleCData) or hasattr(a, "_obj") else ctypes.c_long(a) for a in arguments]
    return _check(_LIBC.syscall(ctypes.c_long(number), *words), what)


def _prctl(what: str, option: int, *arguments: int) -> int:
    words = list(arguments) + [0] * (4 - len(arguments))
    return _check(_LIBC.prctl(ctypes.c_int(option), *[ctypes.c_ulong(w) for w in words]), what)


def die_with_parent() -> None:
    """The kernel kills this process when its parent ends (prctl(2), PR_SET_PDEATHSIG)."""
    _prctl("pdeathsig", PR_SET_PDEATHSIG, 9)


def not_dumpable() -> None:
    """No process of the same user reads this one's memory or its files in /proc (prctl(2), PR_SET_DUMPABLE)."""
    _prctl("not dumpable", PR_SET_DUMPABLE, 0)


def no_new_privileges() -> None:
    """execve never adds rights again (prctl(2), PR_SET_NO_NEW_PRIVS)."""
    _prctl("no_new_privs", PR_SET_NO_NEW_PRIVS, 1)


def has_no_new_privileges() -> bool:
    """Whether that holds already (prctl(2), PR_GET_NO_NEW_PRIVS)."""
    return bool(_LIBC.prctl(ctypes.c_int(PR_GET_NO_NEW_PRIVS), 0, 0, 0, 0))


def set_limits(limits: dict[str, tuple[int, int]]) -> None:
    """Lower rlimits for good. `limits` maps names such as "RLIMIT_AS" to [soft, hard] numbers."""
    for name in sorted(limits):
        resource.setrlimit(getattr(resource, name), (limits[name][0], limits[name][1]))


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapData(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


#: Named here once: making an array type takes longer than the call that needs it.
_CapDataPair = _CapData * 2


def drop_capabilities() -> None:
    """Give up every capability, ambient ones too (capabilities(7)); gVisor's kernel knows none of these."""
    try:
        _prctl("clear ambient capabilities", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    header = _CapHeader(_LINUX_CAPABILITY_VERSION_3, 0)
    _check(_LIBC.capset(ctypes.byref(header), _CapDataPair()), "capset")


class _RulesetAttr(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("fd", ctypes.c_int32)]


class _NetPort(ctypes.Structure):
    _fields_ = [("allowed", ctypes.c_uint64), ("port", ctypes.c_uint64)]


def landlock_abi() -> int:
    """The kernel's Landlock ABI version, 0 where it offers none."""
    abi = _LIBC.syscall(ctypes.c_long(SYS_LANDLOCK_CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return int(max(abi, 0))


def landlock(read: list[str], write: list[str], connect: list[int]) -> int:
    """Confine this process: `read` and `write` are lists of paths, `connect` TCP ports.

    Nowhere can symbolic links, sockets, FIFOs or devices be made: what a plugin leaves in a folder
    of the host must not lead anybody elsewhere. Returns the ABI.
    """
    abi = landlock_abi()
    if abi < 1:
        raise OSError(38, "landlock: the kernel does not offer it")
    handled = _FS_ALL[min(abi, len(_FS_ALL)) - 1]
    attr = _RulesetAttr(
        handled,
        NET_BIND_TCP | NET_CONNECT_TCP if abi >= 4 else 0,
        SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL if abi >= 6 else 0,
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _syscall("landlock_create_ruleset", SYS_LANDLOCK_CREATE_RULESET, ctypes.byref(attr), size, 0)
    try:
        for path in read:
            _allow_path(ruleset, path, _FS_READ & handled)
        for path in write:
            _allow_path(ruleset, path, (_FS_READ | _FS_CHANGE) & handled)
        if abi >= 4:
            for port in connect:
                rule = _NetPort(NET_CONNECT_TCP, port)
                _syscall(
                    "landlock_add_rule",
                    SYS_LANDLOCK_ADD_RULE,
                    ruleset,
                    LANDLOCK_RULE_NET_PORT,
                    ctypes.byref(rule),
                    0,
                )
        _syscall("landlock_restrict_self", SYS_LANDLOCK_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return abi


def _allow_path(ruleset: int, path: str, rights: int) -> None:
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not os.path.isdir(path):
            rights &= _FS_FILE
        rule = _PathBeneath(rights, fd)
        _syscall(
            "landlock_add_rule " + path,
            SYS_LANDLOCK_ADD_RULE,
            ruleset,
            LANDLOCK_RULE_PATH_BENEATH,
            ctypes.byref(rule),
            0,
        )
    finally:
        os.close(fd)


class _SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def seccomp(program: bytes) -> None:
    """Load a classic BPF filter (bytes of struct sock_filter[]) over every later system call."""
    fprog = _SockFprog(len(program) // 8, program)
    result = _LIBC.prctl(ctypes.c_int(PR_SET_SECCOMP), ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.byref(fprog), 0, 0)
    _check(result, "seccomp")
