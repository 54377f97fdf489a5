"""The two filters of a watched cell: the cell's own list, opened where somebody asks, and the one that asks.

A refusal in the first would win over the question in the second, so what is watched is allowed by the first, and the
supervisor refuses what the list refuses.
"""

import os
import struct

from ringfence.cells.seccomp.assembler import AUDIT_ARCH, assemble
from ringfence.cells.seccomp.rules import Answer, read, verdicts
from ringfence.errors import SandboxUnavailable

#: Calls that are looked at, by what they attempt.
FILES = (
    "open",
    "openat",
    "stat",
    "lstat",
    "newfstatat",
    "statx",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
)
CHANGES = ("unlink", "unlinkat", "rename", "renameat", "renameat2", "rmdir", "truncate")
NETWORK = ("socket", "connect", "sendto", "sendmsg")
PROGRAMS = ("execve", "execveat")
#: Nothing honest in a cell makes these.
ESCAPES = (
    "ptrace", "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "bpf", "keyctl", "add_key", "request_key",
    "init_module", "finit_module", "kexec_load", "perf_event_open", "process_vm_readv", "process_vm_writev",
    "userfaultfd", "open_by_handle_at", "io_uring_setup", "personality", "iopl", "ioperm", "reboot", "swapon",
    "setuid", "setgid", "setresuid", "setreuid", "mknod", "mknodat", "symlink", "symlinkat",
)  # fmt: skip
_NOTIFY, _ALLOW, _EPERM, _KILL = 0x7FC00000, 0x7FFF0000, 0x00050001, 0x80000000


def numbers() -> dict[int, str]:
    """The watched calls of this machine. Raises SandboxUnavailable where there is no list for it."""
    machine = os.uname().machine
    if machine not in AUDIT_ARCH:
        raise SandboxUnavailable(f"there is no list of system calls for {machine!r} machines")
    table = read("numbers.toml")
    watched = (*FILES, *CHANGES, *NETWORK, *PROGRAMS, *ESCAPES)
    return {table[name][machine]: name for name in watched if machine in table.get(name, {})}


def opened() -> bytes:
    """The cell's own list, with what is watched allowed."""
    machine = os.uname().machine
    found = verdicts(machine, network=True)
    found |= dict.fromkeys(numbers(), Answer.ALLOW)
    found[read("numbers.toml")["seccomp"][machine]] = Answer.ALLOW
    return assemble(machine, found)


def asking() -> bytes:
    """The filter that asks the supervisor about every watched call, and lets nobody put up another."""
    machine = os.uname().machine
    watched = sorted(numbers())
    seccomp = read("numbers.toml")["seccomp"][machine]
    code = [(0x20, 0, 0, 4), (0x15, 1, 0, AUDIT_ARCH[machine]), (0x06, 0, 0, _KILL), (0x20, 0, 0, 0)]
    count = len(watched) + 1
    for index, number in enumerate(watched):
        code.append((0x15, count - index, 0, number))
    code.append((0x15, 2, 0, seccomp))
    code += [(0x06, 0, 0, _ALLOW), (0x06, 0, 0, _NOTIFY), (0x06, 0, 0, _EPERM)]
    return b"".join(struct.pack("<HBBI", *one) for one in code)
