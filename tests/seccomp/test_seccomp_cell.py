"""The filter in a real bubblewrap cell: honest Python runs, dangerous calls get the promised answer.

The dangerous calls are made with every capability of the cell's user namespace and without
`--disable-userns`, so that the filter alone has to hold; and once more with no filter at all,
where the kernel must answer otherwise, or the case shows nothing.
"""

import errno
import functools
import json
import os
import platform
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pyseccomp
import pytest

from ringfence.cells import seccomp

HOME = Path(seccomp.__file__).parent
LIST = tomllib.loads((HOME / "allow.toml").read_text())
LIBSECCOMP = {"x86_64": pyseccomp.Arch.X86_64, "aarch64": pyseccomp.Arch.AARCH64}[platform.machine()]
UNPRIVILEGED = ["setpriv", "--reuid", "65532", "--regid", "65532", "--clear-groups"]


def interpreter() -> str:
    """This interpreter where an unprivileged user can reach it, else the system's."""
    mine = Path(sys.executable).resolve()
    reachable = os.getuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in mine.parents)
    return str(mine) if reachable else "/usr/bin/python3"


PYTHON = interpreter()


def cell(code: str, program: bytes | None, *options: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python code under bubblewrap as an unprivileged user, filtered by `program` if there is one."""
    prefix = [] if PYTHON.startswith("/usr/") else ["--ro-bind", sys.base_prefix, sys.base_prefix]
    command = [
        *(UNPRIVILEGED if os.getuid() == 0 else []),
        *["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--ro-bind", "/usr", "/usr"],
        *["--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--dev", "/dev", "--tmpfs", "/tmp"],
        *["--chdir", "/tmp", *prefix, *options],
    ]
    with tempfile.TemporaryFile() as file:
        if program is not None:
            file.write(program)
            file.seek(0)
            command += ["--seccomp", str(file.fileno())]
        return subprocess.run(
            [*command, PYTHON, "-I", "-c", code],
            pass_fds=[file.fileno()],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


HONEST = {
    "threads": """
import threading, queue
q = queue.Queue()
threads = [threading.Thread(target=q.put, args=(i,)) for i in range(8)]
[t.start() for t in threads]; [t.join(5) for t in threads]
assert sorted(q.get_nowait() for _ in threads) == list(range(8))
""",
    "asyncio": """
import asyncio, signal
async def main():
    loop = asyncio.get_running_loop()
    got = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, got.set)
    signal.raise_signal(signal.SIGUSR1)
    await asyncio.wait_for(got.wait(), 60)
    assert await asyncio.to_thread(sum, [1, 2]) == 3
    p = await asyncio.create_subprocess_exec('PYTHON', '-Ic', 'print(6*7)', stdout=asyncio.subprocess.PIPE)
    assert (await p.communicate())[0] == b'42\\n'
asyncio.run(main())
""",
    "pidfd child watcher": """
import os, signal
child = os.fork()
if child == 0:
    os._exit(3)
fd = os.pidfd_open(child)
assert os.waitid(os.P_PIDFD, fd, os.WEXITED).si_status == 3
""",
    "subprocess": """
import subprocess
for extra in ({}, {'close_fds': False}, {'start_new_session': True}, {'preexec_fn': lambda: None}):
    r = subprocess.run(['PYTHON', '-Ic', 'print(2)'], capture_output=True, timeout=60, **extra)
    assert (r.returncode, r.stdout, r.stderr) == (0, b'2\\n', b''), r
p = subprocess.Popen(['PYTHON', '-Ic', 'import time; time.sleep(60)']); p.terminate(); assert p.wait(60) == -15
""",
    "multiprocessing by fork": """
import multiprocessing
with multiprocessing.get_context('fork').Pool(2) as pool:
    assert pool.map(abs, range(-5, 0)) == [5, 4, 3, 2, 1]
""",
    "multiprocessing by spawn": """
import multiprocessing
context = multiprocessing.get_context('spawn')
q = context.SimpleQueue()
one, other = context.Pipe()
p = context.Process(target=print, args=('x',)); p.start(); p.join(20); assert p.exitcode == 0
one.send(1); assert other.recv() == 1
from multiprocessing import shared_memory
m = shared_memory.SharedMemory(create=True, size=100); m.buf[0] = 1; m.close(); m.unlink()
""",
    "process pool": """
import concurrent.futures, multiprocessing
with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context('fork')) as pool:
    assert list(pool.map(abs, [-1, -2])) == [1, 2]
""",
    "sqlite3": """
import sqlite3
for mode in ('delete', 'wal'):
    db = sqlite3.connect('/tmp/' + mode); db.execute('pragma journal_mode=' + mode)
    db.execute('create table t(a)'); db.executemany('insert into t values(?)', [(i,) for i in range(99)]); db.commit()
    assert db.execute('select sum(a) from t').fetchone() == (4851,); db.close()
""",
    "modules in C": """
import bz2, ctypes, decimal, hashlib, lzma, readline, ssl, uuid, zlib, secrets, random
ssl.create_default_context()
assert decimal.Decimal(1) / 8 == decimal.Decimal('0.125')
seen = []
call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda a, b: seen.append(1) or 0)
array = (ctypes.c_int * 3)(3, 1, 2)
ctypes.CDLL(None).qsort(array, 3, 4, call)
assert seen
""",
    "files": """
import os, shutil, tempfile, pathlib, mmap, glob, stat
a = pathlib.Path('/tmp/a'); a.write_bytes(b'x' * 5000); shutil.copy2(a, '/tmp/b'); os.replace('/tmp/b', '/tmp/c')
shutil.copytree('/tmp', '/tmp/tree', ignore=shutil.ignore_patterns('tree'))
os.link('/tmp/a', '/tmp/hard'); os.chmod('/tmp/a', 0o640); os.utime('/tmp/a'); os.truncate('/tmp/a', 10)
with tempfile.TemporaryDirectory() as d, open(d + '/f', 'w+b') as f:
    os.mkdir(d + '/sub', 0o755); f.write(b'y' * 4096); f.flush(); os.fsync(f.fileno())
    os.posix_fallocate(f.fileno(), 0, 9000)
    m = mmap.mmap(f.fileno(), 4096); m[0] = 1; m.flush(); m.close()
assert shutil.disk_usage('/tmp').total and os.listdir('/tmp') and os.stat('/tmp/a').st_mode & 0o777 == 0o640
shutil.rmtree('/tmp/tree')
import fcntl
with open('/tmp/lock', 'w') as f: fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_EX)
""",
    "archives": """
import tarfile, zipfile, io
open('/tmp/x', 'w').write('hello')
with tarfile.open('/tmp/t.tgz', 'w:gz') as t: t.add('/tmp/x', 'x')
with tarfile.open('/tmp/t.tgz') as t:
    t.extraction_filter = getattr(tarfile, 'data_filter', None)
    t.extractall('/tmp/out')
with zipfile.ZipFile('/tmp/z.zip', 'w') as z: z.write('/tmp/x', 'x')
with zipfile.ZipFile('/tmp/z.zip') as z: z.extractall('/tmp/out2')
assert open('/tmp/out/x').read() == open('/tmp/out2/x').read() == 'hello'
""",
    "signals and clocks": """
import signal, time, select, os, resource
signal.signal(signal.SIGALRM, lambda *a: None); signal.setitimer(signal.ITIMER_REAL, 0.01); signal.pause()
time.sleep(0.001); time.time(); time.monotonic(); time.process_time(); time.thread_time()
r, w = os.pipe(); os.write(w, b'1'); assert select.select([r], [], [], 1)[0] == [r]
p = select.poll(); p.register(r); assert p.poll(1000)
e = select.epoll(); e.register(r); assert e.poll(1)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)); resource.getrusage(resource.RUSAGE_SELF); os.times()
os.cpu_count(); os.sched_getaffinity(0); os.uname(); os.getloadavg; os.urandom(8); os.getrandom(8)
""",
    "a connected pair of sockets": """
import socket, array
a, b = socket.socketpair()
a.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536); a.settimeout(60)
socket.send_fds(a, [b'm'], [0]); assert socket.recv_fds(b, 9, 1)[0] == b'm'
a.sendall(b'hi'); a.shutdown(socket.SHUT_WR); assert b.recv(9) == b'hi' and b.recv(9) == b''
assert socket.socket(fileno=a.detach()).family == socket.AF_UNIX
""",
}
HONEST_NETWORK = {
    "tcp by asyncio": """
import asyncio
async def main():
    async def echo(reader, writer):
        writer.write(await reader.read(9)); await writer.drain(); writer.close()
    server = await asyncio.start_server(echo, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b'hello'); assert await asyncio.wait_for(reader.read(9), 5) == b'hello'; writer.close()
asyncio.run(main())
""",
    "http by urllib": """
import http.server, threading, urllib.request
class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.send_response(200); self.end_headers(); self.wfile.write(b'hello')
    def log_message(self, *a): pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Hello)
threading.Thread(target=server.serve_forever, daemon=True).start()
with urllib.request.urlopen('http://127.0.0.1:%d' % server.server_port, timeout=60) as r: assert r.read() == b'hello'
server.shutdown()
""",
}


@pytest.mark.parametrize("network", [False, True], ids=["base", "net"])
@pytest.mark.parametrize("work", HONEST)
def test_honest_python_runs(work: str, network: bool) -> None:
    """What ordinary plugins do works under both programs, without a word on stderr."""
    result = cell(HONEST[work].replace("PYTHON", PYTHON), seccomp.load(None, network=network), "--cap-drop", "ALL")
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("work", HONEST_NETWORK)
def test_honest_networking_runs_where_granted(work: str) -> None:
    """TCP to the cell's own loopback works under the net program and not under the base one."""
    assert cell(HONEST_NETWORK[work], seccomp.load(None, network=True)).stderr == ""
    refused = cell(HONEST_NETWORK[work], seccomp.load(None, network=False))
    assert refused.returncode == 1


# One attack: a name, the call, its arguments (text and bytes become pointers; "@pair" and "@file" are
# descriptors of a socket pair and of a file in /tmp). Both programs answer EPERM.
NEW_USER, SIGCHLD, BUFFER = 0x10000000, 17, "\0" * 128
DENIED: list[tuple[str, str, list[object]]] = [
    ("pivot_root", "pivot_root", ["/tmp", "/tmp"]),
    ("unmount", "umount2", ["/tmp", 2]),
    ("mount a tmpfs", "mount", ["none", "/tmp", "tmpfs", 0, 0]),
    ("chroot", "chroot", ["/tmp"]),
    ("open_tree clone", "open_tree", [-100, "/tmp", 1]),
    ("move_mount", "move_mount", [-1, "/tmp", -1, "/tmp", 0]),
    ("fsopen", "fsopen", ["tmpfs", 0]),
    ("fsconfig", "fsconfig", [-1, 6, 0, 0, 0]),
    ("fsmount", "fsmount", [-1, 0, 0]),
    ("fspick", "fspick", [-100, "/tmp", 0]),
    ("mount_setattr", "mount_setattr", [-1, "", 0, 0, 0]),
    ("unshare a user namespace", "unshare", [NEW_USER]),
    ("unshare a mount namespace", "unshare", [0x00020000]),
    ("setns", "setns", [-1, 0]),
    ("clone into a user namespace", "clone", [NEW_USER | SIGCHLD, 0, 0, 0, 0]),
    ("clone into a network namespace", "clone", [0x40000000 | SIGCHLD, 0, 0, 0, 0]),
    ("clone a child for the parent", "clone", [0x00008000 | SIGCHLD, 0, 0, 0, 0]),
    ("ptrace", "ptrace", [0, 0, 0, 0]),
    ("process_vm_readv", "process_vm_readv", [1, 0, 0, 0, 0, 0]),
    ("process_vm_writev", "process_vm_writev", [1, 0, 0, 0, 0, 0]),
    ("process_madvise", "process_madvise", [-1, 0, 0, 0, 0]),
    ("pidfd_getfd", "pidfd_getfd", [-1, 0, 0]),
    ("kcmp", "kcmp", [2**22, 2**22, 0, 0, 0]),
    ("perf_event_open", "perf_event_open", [BUFFER, 0, -1, -1, 2**20]),
    ("userfaultfd", "userfaultfd", [1]),
    ("io_uring_setup", "io_uring_setup", [8, BUFFER]),
    ("io_uring_enter", "io_uring_enter", [-1, 0, 0, 0, 0, 0]),
    ("io_uring_register", "io_uring_register", [-1, 0, 0, 0]),
    ("add_key", "add_key", ["user", "ringfence", "x", 1, -2]),
    ("keyctl", "keyctl", [0, -2, 1, 0, 0]),
    ("request_key", "request_key", ["user", "ringfence", 0, 0]),
    ("open_by_handle_at", "open_by_handle_at", [-1, BUFFER, 0]),
    ("name_to_handle_at", "name_to_handle_at", [-1, "", BUFFER, BUFFER, 0]),
    ("fanotify_init", "fanotify_init", [0x200, 0]),
    ("fanotify_mark", "fanotify_mark", [-1, 0, 0, 0, 0]),
    ("reboot with a wrong magic", "reboot", [0, 0, 0, 0]),
    ("kexec_file_load", "kexec_file_load", [-1, -1, 0, 0, 0]),
    ("finit_module", "finit_module", [-1, 0, 0]),
    ("quotactl", "quotactl", [0x7FFFFF00, 0, 0, 0]),
    ("quotactl_fd", "quotactl_fd", [-1, 0, 0, 0]),
    ("settimeofday", "settimeofday", ["\x7f" * 16, 0]),
    ("clock_settime", "clock_settime", [99, BUFFER]),
    ("clock_adjtime", "clock_adjtime", [99, BUFFER]),
    ("adjtimex", "adjtimex", [0]),
    ("sethostname", "sethostname", ["x", 1]),
    ("setdomainname", "setdomainname", ["x", 1]),
    ("setuid", "setuid", ["@uid"]),
    ("setgid", "setgid", ["@gid"]),
    ("setreuid", "setreuid", [-1, -1]),
    ("setregid", "setregid", [-1, -1]),
    ("setresuid", "setresuid", [-1, -1, -1]),
    ("setresgid", "setresgid", [-1, -1, -1]),
    ("setfsuid", "setfsuid", [-1]),
    ("setfsgid", "setfsgid", [-1]),
    ("fchown", "fchown", ["@file", -1, -1]),
    ("fchownat", "fchownat", [-100, "/tmp/file", -1, -1, 0]),
    ("setxattr", "setxattr", ["/tmp/none", "user.a", "b", 1, 0]),
    ("lsetxattr", "lsetxattr", ["/tmp/none", "user.a", "b", 1, 0]),
    ("fsetxattr", "fsetxattr", [-1, "user.a", "b", 1, 0]),
    ("removexattr", "removexattr", ["/tmp/none", "user.a"]),
    ("lremovexattr", "lremovexattr", ["/tmp/none", "user.a"]),
    ("fremovexattr", "fremovexattr", [-1, "user.a"]),
    ("make a FIFO", "mknodat", [-100, "/tmp/fifo", 0o010600, 0]),
    ("make a regular file by mknodat", "mknodat", [-100, "/tmp/regular", 0o100600, 0]),
    ("make a symbolic link", "symlinkat", ["/etc/passwd", -100, "/tmp/link"]),
    ("personality without address randomisation", "personality", [0x0040000]),
    ("TIOCSTI", "ioctl", ["@file", 0x5412, "x"]),
    ("TIOCLINUX", "ioctl", ["@file", 0x541C, "x"]),
    ("TIOCSETD", "ioctl", ["@file", 0x5423, BUFFER]),
    ("TCSETS", "ioctl", ["@file", 0x5402, BUFFER]),
    ("interface addresses by ioctl", "ioctl", ["@pair", 0x8912, BUFFER]),
    ("keep capabilities", "prctl", [8, 1, 0, 0, 0]),
    ("be a subreaper", "prctl", [36, 1, 0, 0, 0]),
    ("allow any tracer", "prctl", [0x59616D61, -1, 0, 0, 0]),
    ("forbid the time-stamp counter", "prctl", [26, 1, 0, 0, 0]),
    ("outlive the parent", "prctl", [1, 0, 0, 0, 0]),
    ("take a lease", "fcntl", ["@file", 1024, 1]),
    ("signals on I/O", "fcntl", ["@file", 10, 12]),
    ("own a descriptor's signals", "fcntl", ["@file", 8, 1]),
    ("watch a folder by fcntl", "fcntl", ["@file", 1026, 1]),
    ("set-user-ID by fchmod", "fchmod", ["@file", 0o4755]),
    ("set-group-ID by fchmod", "fchmod", ["@file", 0o2755]),
    ("set-user-ID by fchmodat", "fchmodat", [-100, "/tmp/file", 0o4755]),
    ("set-user-ID by fchmodat2", "fchmodat2", [-100, "/tmp/file", 0o4755, 0]),
    ("set-user-ID by openat", "openat", [-100, "/tmp/new1", 0o101, 0o4755]),
    ("set-user-ID by mkdirat", "mkdirat", [-100, "/tmp/new2", 0o4755]),
    ("swap two names", "renameat2", [-100, "/tmp/file", -100, "/tmp/file", 2]),
    ("leave a whiteout", "renameat2", [-100, "/tmp/gone", -100, "/tmp/w", 4]),
    ("name a bare descriptor", "linkat", ["@pair", "", -100, "/tmp/named", 0x1000]),
    ("a barrier on every core", "membarrier", [1, 0, 0]),
    ("listen to one's own filter", "seccomp", [1, 8, 0]),
    ("give up speculation safety", "seccomp", [1, 4, 0]),
    ("a pair of other sockets", "socketpair", [30, 1, 0, BUFFER]),
    ("attach a socket filter", "setsockopt", ["@pair", 1, 26, BUFFER, 16]),
    ("attach an eBPF socket filter", "setsockopt", ["@pair", 1, 50, BUFFER, 4]),
    ("stack a protocol on TCP", "setsockopt", ["@pair", 6, 31, "tls", 3]),
    ("have the kernel hold more of what is sent", "setsockopt", ["@pair", 1, 7, BUFFER, 4]),
    ("set IP options", "setsockopt", ["@pair", 0, 2, BUFFER, 4]),
    ("send out of band", "sendto", ["@pair", "x", 1, 1, 0, 0]),
    ("receive out of band", "recvfrom", ["@pair", BUFFER, 1, 1, 0, 0]),
    ("send a message out of band", "sendmsg", ["@pair", BUFFER, 1]),
    ("receive a message out of band", "recvmsg", ["@pair", BUFFER, 1]),
    ("a UDP socket", "socket", [2, 2, 0]),
    ("a raw socket", "socket", [2, 3, 1]),
    ("an SCTP or MPTCP socket", "socket", [2, 1, 262]),
    ("a TCP socket over IPv6", "socket", [10, 1, 0]),
    ("a unix socket", "socket", [1, 1, 0]),
    ("a netlink socket", "socket", [16, 3, 0]),
    ("a packet socket", "socket", [17, 3, 0]),
    ("a kernel crypto socket", "socket", [38, 5, 0]),
    ("a virtual machine socket", "socket", [40, 1, 0]),
]
DENIED_X86 = [
    ("iopl", "iopl", [0]),
    ("ioperm", "ioperm", [0, 1, 0]),
    ("modify_ldt", "modify_ldt", [0, 0, 0]),
    ("chown", "chown", ["/tmp/file", -1, -1]),
    ("lchown", "lchown", ["/tmp/file", -1, -1]),
    ("make a FIFO by mknod", "mknod", ["/tmp/fifo2", 0o010600, 0]),
    ("make a symbolic link by symlink", "symlink", ["/etc/passwd", "/tmp/link2"]),
    ("set-user-ID by chmod", "chmod", ["/tmp/file", 0o4755]),
    ("set-user-ID by open", "open", ["/tmp/new3", 0o101, 0o4755]),
    ("set-user-ID by creat", "creat", ["/tmp/new4", 0o4755]),
    ("set-user-ID by mkdir", "mkdir", ["/tmp/new5", 0o4755]),
]
#: Only in the net program: (base answers EPERM, net answers the kernel's word).
NETWORK = [
    ("a TCP socket", "socket", [2, 1 | 0o2004000, 6]),
    ("connect", "connect", [-1, BUFFER, 16]),
    ("bind", "bind", [-1, BUFFER, 16]),
    ("listen", "listen", [-1, 1]),
    ("accept", "accept", [-1, 0, 0]),
    ("accept4", "accept4", [-1, 0, 0, 0]),
]
UNKNOWN = [
    ("clone3", "clone3", [BUFFER, 64]),
    ("openat2", "openat2", [-100, "/tmp/file", BUFFER, 24]),
    ("memfd_create", "memfd_create", ["x", 0]),
    ("execveat", "execveat", [-1, "", 0, 0, 0x1000]),
    ("pidfd_send_signal", "pidfd_send_signal", [-1, 0, 0, 0]),
    ("inotify", "inotify_init1", [0]),
    ("System V shared memory", "shmget", [0, 4096, 0o1600]),
    ("a message queue", "mq_unlink", ["none"]),
    ("splice", "splice", [-1, 0, -1, 0, 1, 0]),
    ("vmsplice", "vmsplice", [-1, 0, 1, 0]),
    ("sync the host's disks", "syncfs", ["@file"]),
    ("sendmmsg", "sendmmsg", ["@pair", 0, 0, 0]),
]
#: The kernel itself says EPERM to these inside a user namespace, whatever the arguments: the
#: simulation of the program is what shows them.
KERNEL_REFUSES = {
    "bpf", "kexec_load", "init_module", "delete_module", "swapon", "swapoff", "acct", "syslog", "vhangup",
    "lookup_dcookie", "setgroups",
}  # fmt: skip

ATTACKER = r"""
import ctypes, json, os, signal, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
pair = socket.socketpair()
file = os.open("/tmp/file", os.O_RDWR | os.O_CREAT, 0o644)
special = {"@pair": pair[0].fileno(), "@file": file, "@uid": os.getuid(), "@gid": os.getgid()}
def attempt(number, arguments):
    words = []
    for a in arguments:
        a = special.get(a, a) if isinstance(a, str) else a
        words.append(ctypes.create_string_buffer(a.encode()) if isinstance(a, str) else ctypes.c_long(a))
    signal.alarm(5)
    got = libc.syscall(ctypes.c_long(number), *words)
    os._exit(ctypes.get_errno() if got == -1 else 0)
answers = {}
for name, number, arguments in json.load(sys.stdin):
    child = os.fork()
    if child == 0:
        attempt(number, arguments)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    answers[name] = code
print(json.dumps(answers))
"""


def number(name: str) -> int:
    """The call's number on this machine; libseccomp 2.5.4 does not know fchmodat2 yet."""
    found: int = 452 if name == "fchmodat2" else pyseccomp.resolve_syscall(LIBSECCOMP, name)
    return found


@functools.cache
def answers(program: str) -> dict[str, int]:
    """Every attack's answer (0, an errno, minus a signal) in one cell: "none", "base" or "net"."""
    cases = [*DENIED, *NETWORK, *UNKNOWN, *(DENIED_X86 if platform.machine() == "x86_64" else [])]
    # Backwards, because what mounts comes first above and would change the cell for the rest.
    calls = [(label, number(name), arguments) for label, name, arguments in reversed(cases)]
    code = None if program == "none" else seccomp.load(None, network=program == "net")
    result = cell(
        ATTACKER, code, *["--unshare-user", "--uid", "0", "--gid", "0", "--cap-add", "ALL"], stdin=json.dumps(calls)
    )
    assert result.stderr == ""
    found: dict[str, int] = json.loads(result.stdout)
    return found


X86_ONLY = pytest.mark.skipif(platform.machine() != "x86_64", reason="the call is x86-64's")
ALL_DENIED = [label for label, _, _ in DENIED] + [pytest.param(case[0], marks=X86_ONLY) for case in DENIED_X86]


@pytest.mark.parametrize("label", ALL_DENIED)
def test_a_dangerous_call_is_not_permitted(label: str) -> None:
    """EPERM under both programs, although the kernel alone answers otherwise."""
    assert (answers("base")[label], answers("net")[label]) == (errno.EPERM, errno.EPERM)
    assert answers("none")[label] != errno.EPERM


@pytest.mark.parametrize("label", [case[0] for case in NETWORK])
def test_networking_is_only_in_the_net_program(label: str) -> None:
    """EPERM in a cell without granted destinations; the kernel's own answer in one with."""
    assert answers("base")[label] == errno.EPERM
    assert answers("net")[label] == answers("none")[label] != errno.EPERM


@pytest.mark.parametrize("label", [case[0] for case in UNKNOWN])
def test_an_unlisted_call_does_not_exist(label: str) -> None:
    """ENOSYS, so that libraries fall back, although this kernel has the call."""
    assert (answers("base")[label], answers("net")[label]) == (errno.ENOSYS, errno.ENOSYS)
    assert answers("none")[label] != errno.ENOSYS


def test_every_refused_call_has_its_attack() -> None:
    """Each denied call and each call with a condition is tried above, or the kernel refuses it anyway."""
    tried = {name for _, name, _ in [*DENIED, *DENIED_X86, *NETWORK]}
    wanted = {name for group in LIST["deny"] for name in group["calls"]}
    wanted |= {name for group in LIST["allow"] if "when" in group or "network" in group for name in group["calls"]}
    assert wanted - tried == KERNEL_REFUSES


RAW_CALL = """
import ctypes, os, sys
number = int(sys.stdin.read())
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0)
print(ctypes.get_errno())
"""


@X86_ONLY
@pytest.mark.parametrize("nr", [0x40000000 | 39, 0x40000000 | 512 + 9, 0xFFFFFFFF])
def test_an_x32_call_kills(nr: int) -> None:
    """Numbers with the x32 bit end the process with SIGSYS; without the filter they are just unknown."""
    assert cell(RAW_CALL, None, stdin=str(nr)).stdout == f"{errno.ENOSYS}\n"
    assert cell(RAW_CALL, seccomp.load(None, network=False), stdin=str(nr)).returncode == 128 + 31


INT80 = """
import ctypes, mmap, os, signal
code = b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3"  # mov eax, 20 (getpid of i386); int 0x80; ret
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(code)
child = os.fork()
if child == 0:
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@X86_ONLY
def test_a_32_bit_call_kills() -> None:
    """int 0x80, whose numbers mean other calls, ends the process; the kernel alone lets it through."""
    alone = cell(INT80, None).stdout
    assert cell(INT80, seccomp.load(None, network=True)).stdout == ("-31\n" if alone == "0\n" else alone)


def test_threads_start_without_clone3() -> None:
    """glibc takes ENOSYS for clone3 as a hint to use clone, whose flags the filter can read."""
    result = cell(HONEST["threads"], seccomp.load(None, network=False))
    assert (result.returncode, answers("base")["clone3"]) == (0, errno.ENOSYS)


def test_ordinary_users_of_denied_calls_cope() -> None:
    """Copies that meet EPERM on attributes and listings that look for them carry on."""
    code = (
        "import shutil,os; open('/tmp/a','w').close(); shutil.copy2('/tmp/a','/tmp/b'); print(os.listxattr('/tmp/b'))"
    )
    assert cell(code, seccomp.load(None, network=False)).stdout == "[]\n"
