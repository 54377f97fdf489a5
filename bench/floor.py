"""The floor: a warm process that forks into seven fresh namespaces and gets one result back."""

import asyncio  # noqa: F401
import ctypes
import json
import os
import sys
import time

FLAGS = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | 17
LIBC = ctypes.PyDLL(None, use_errno=True)
CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]


def once() -> float:
    """Seconds of one."""
    started = time.perf_counter()
    read, write = os.pipe()
    LIBC.PyOS_BeforeFork()
    pid = LIBC.syscall(ctypes.c_long(CLONE), ctypes.c_long(FLAGS), None, None, None, None)
    if pid == 0:
        LIBC.PyOS_AfterFork_Child()
        os.write(write, b"1")
        os._exit(0)
    LIBC.PyOS_AfterFork_Parent()
    os.read(read, 1)
    os.close(read)
    os.close(write)
    os.waitpid(pid, 0)
    return time.perf_counter() - started


if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65532)
    os.setuid(65532)
once()
print(json.dumps([once() for _ in range(int(sys.argv[1]))]))
