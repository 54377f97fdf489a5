"""One attack (or more) on every control: what it tries, how it is stopped, which walls must fall for it.

`code` is the body of a plugin's method. It returns what it gained, or dies trying. `breach` takes
out every wall that stands in its way, so that the same code then succeeds.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from attacks.containers import BREACHES
from attacks.harness import Breach, Range, attack, both, limits_off, no_landlock, no_seccomp, profile_limits, without
from ringfence.cells.plan import Plan, Step


@dataclass(frozen=True, kw_only=True)
class Attack:
    """`stopped` is a regular expression of the error or the code; `breachable` says where the breach can be made."""

    control: str
    name: str
    code: str
    stopped: str
    breach: Breach
    limits: Mapping[str, int] = field(default_factory=dict)
    breachable: tuple[str, ...] = ("bubblewrap", "prefork", "container")

    def breach_in(self, cell: str) -> Breach:
        """How its walls are taken out of that kind of cell."""
        return BREACHES.get((self.control, self.name), self.breach) if cell == "container" else self.breach


def stopped_in_container(range_: Range, aimed: Attack, values: Mapping[str, object]) -> None:
    """Fails where the attack is not stopped, as it must be, in a container cell of that range."""
    code = aimed.code % values if "%(" in aimed.code else aimed.code
    ended = attack(range_, "container", code, **dict(aimed.limits))
    error = (ended.answer or {}).get("error")
    why = f"{error['code']} {error['type']}: {error['message']}" if isinstance(error, dict) else ended.code
    assert re.search(aimed.stopped, why), ended


def _steps(*changes: tuple[str, tuple[str, ...]]) -> Breach:
    """Steps of bubblewrap replaced by other arguments."""

    def breach(plan: Plan) -> Plan:
        new = dict(changes)
        assert set(new) <= {s.wall for s in plan.steps}
        return replace(plan, steps=tuple(replace(s, arguments=new.get(s.wall, s.arguments)) for s in plan.steps))

    return breach


def _added(*arguments: str) -> Breach:
    """One more step of bubblewrap."""
    return lambda plan: replace(plan, steps=(*plan.steps, Step(wall="breach", arguments=arguments)))


def _plugin_writable(plan: Plan) -> Plan:
    source = plan.profile.mounts[0].source
    os.chmod(source, 0o777)
    return _steps(("mount /plugin", ("--bind", source, "/plugin")))(plan)


def _root_writable(plan: Plan) -> Plan:
    root = next(s for s in plan.steps if s.wall == "root").arguments[1]
    os.chmod(f"{root}/etc", 0o777)
    return _steps(("root", ("--bind", root, "/")))(plan)


def _keep_capabilities(plan: Plan) -> Plan:
    setup = dict(plan.setup) | {"drop_capabilities": False}
    return replace(plan, setup=setup, expect=replace(plan.expect, no_capabilities=False))


def _all_capabilities(plan: Plan) -> Plan:
    plan = no_seccomp(no_landlock(_keep_capabilities(plan)))
    if plan.cell == "prefork":
        return plan  # a forked child has them all until it drops them
    return _steps(("capabilities", ("--cap-add", "ALL")))(plan.without("no nested user namespaces"))


def _big_scratch(plan: Plan) -> Plan:
    plan = limits_off("RLIMIT_FSIZE")(plan)
    tmpfs = tuple((p, o.replace(f"size={8 << 20}", f"size={256 << 20}"), r) for p, o, r in plan.tmpfs)
    plan = replace(plan, tmpfs=tmpfs)
    if plan.cell == "prefork":
        return plan
    return _steps(("memory file system /tmp", ("--size", str(256 << 20), "--tmpfs", "/tmp")))(plan)


def _user_zero(plan: Plan) -> Plan:
    return _steps(("user namespace", ("--unshare-user", "--uid", "0", "--gid", "0")))(plan)


def _plugin_file_open(plan: Plan) -> Plan:
    os.chmod(f"{plan.profile.mounts[0].source}/attack.py", 0o666)
    return plan


def _with_canary(plan: Plan) -> Plan:
    return _shown(os.environ["RINGFENCE_TEST_CANARY_FOLDER"])(plan)


def _shown(folder: str) -> Breach:
    """A folder of the host below /granted that nobody granted."""

    def breach(plan: Plan) -> Plan:
        index = next(i for i, s in enumerate(plan.steps) if s.wall == "grants read-only")
        step = Step(wall="breach", arguments=("--ro-bind", folder, "/granted/shown"))
        return replace(plan, steps=(*plan.steps[:index], step, *plan.steps[index:]))

    return breach


ATTACKS = (
    Attack(
        control="read-only-root",
        name="write into the root",
        code="open('/etc/planted', 'w').close(); os.unlink('/etc/planted'); return 'written'",
        stopped=r"Read-only file system|Permission denied",
        breach=both(_root_writable, no_landlock),
    ),
    Attack(
        control="read-only-plugin",
        name="change its own code",
        code="open('/plugin/attack.py', 'a').close(); open('/plugin/new.py', 'w').close(); return 'written'",
        stopped=r"Read-only file system|Permission denied",
        breach=both(lambda p: _plugin_file_open(p), _plugin_writable, no_landlock),
    ),
    Attack(
        control="non-root-user",
        name="be user 0",
        code="if os.getuid() != 0: os.setuid(0)\nreturn 'user %d' % os.getuid()",
        stopped=r"PermissionError|Invalid argument",
        breach=_user_zero,
        breachable=("bubblewrap", "container"),
    ),
    Attack(
        control="no-capabilities",
        name="mount",
        code="""
if LIBC.mount(b'tmpfs', b'/tmp', b'tmpfs', ctypes.c_ulong(0), b'') != 0:
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
return 'mounted'
""",
        stopped=r"Operation not permitted",
        breach=_all_capabilities,
    ),
    Attack(
        control="seccomp-allow-list",
        name="ptrace",
        code="syscall(101, 0, 0, None, None); return 'traced'",
        stopped=r"Operation not permitted",
        breach=no_seccomp,
    ),
    Attack(
        control="seccomp-allow-list",
        name="kernel keyring",
        code="return syscall(248, b'user', b'planted', b'x', 1, -2) > 0",
        stopped=r"Operation not permitted",
        breach=no_seccomp,
    ),
    Attack(
        control="seccomp-allow-list",
        name="io_uring",
        code="return syscall(425, 1, ctypes.create_string_buffer(120)) >= 0",
        stopped=r"Operation not permitted|not implemented",
        breach=no_seccomp,
    ),
    Attack(
        control="seccomp-allow-list",
        name="push characters into a terminal",
        code="""
import fcntl
try:
    fcntl.ioctl(1, 0x5412, b'x')
except OSError as error:
    if error.errno == 25:  # reached the driver, and no terminal is there
        return 'answered'
    raise
""",
        stopped=r"Operation not permitted",
        breach=no_seccomp,
    ),
    Attack(
        control="seccomp-allow-list",
        name="set-user-ID file",
        code="""
open('/tmp/s', 'w').close()
os.chmod('/tmp/s', 0o4755)
return oct(os.stat('/tmp/s').st_mode & 0o7777)
""",
        stopped=r"PermissionError",
        breach=no_seccomp,
    ),
    Attack(
        control="no-host-namespaces",
        name="nested user namespace",
        code="syscall(272, 0x10000000); return 'nested'",
        stopped=r"Operation not permitted",
        breach=lambda plan: no_seccomp(
            plan.without("no nested user namespaces") if plan.cell == "bubblewrap" else plan
        ),
    ),
    Attack(
        control="no-host-namespaces",
        name="find the parent's process",
        code="""
try:
    os.kill(%(parent)d, 0)
except PermissionError:
    return 'seen'
return 'signalled'
""",
        stopped=r"ProcessLookupError",
        breach=both(without("pid namespace", namespaces=frozenset()), no_landlock),
        breachable=("bubblewrap", "container"),
    ),
    Attack(
        control="no-host-namespaces",
        name="see the host's name",
        code="if socket.gethostname() != %(hostname)r: raise PermissionError(socket.gethostname())\nreturn 'seen'",
        stopped=r"PermissionError",
        breach=without("uts namespace", namespaces=frozenset()),
        breachable=("bubblewrap", "container"),
    ),
    Attack(
        control="granted-network-only",
        name="TCP to the host's loopback",
        code="return socket.create_connection(('127.0.0.1', %(port)d), timeout=60).recv(5).decode()",
        stopped=r"PermissionError|refused",
        breach=both(without("network namespace", namespaces=frozenset()), no_seccomp, no_landlock),
        breachable=("bubblewrap", "container"),
    ),
    Attack(
        control="granted-network-only",
        name="abstract unix socket of the host",
        code="""
s = socket.socket(socket.AF_UNIX)
s.connect('\\0' + %(abstract)r)
return s.recv(5).decode()
""",
        stopped=r"PermissionError|refused",
        breach=both(without("network namespace", namespaces=frozenset()), no_seccomp, no_landlock),
        breachable=("bubblewrap", "container"),
    ),
    Attack(
        control="granted-network-only",
        name="datagrams and raw sockets",
        code="""
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
return 'opened'
""",
        stopped=r"PermissionError",
        breach=no_seccomp,
    ),
    Attack(
        control="granted-mounts-only",
        name="read a file of the host",
        code="""
path = %(canary)r
return open(path if os.path.exists(path) else '/granted/shown/canary').read()
""",
        stopped=r"FileNotFoundError",
        breach=lambda plan: _with_canary(plan),
    ),
    Attack(
        control="no-sensitive-mounts",
        name="read the host's password hashes",
        code="""
path = '/etc/shadow'
return open(path if os.path.exists(path) else '/granted/shown/hostname').read()
""",
        stopped=r"FileNotFoundError",
        breach=_shown("/etc"),
    ),
    Attack(
        control="no-host-environment",
        name="read the host's environment",
        code="return os.environ['RINGFENCE_TEST_CANARY']",
        stopped=r"KeyError",
        breach=_added("--setenv", "RINGFENCE_TEST_CANARY", "seen"),
    ),
    Attack(
        control="no-loader-variables",
        name="be loaded with another library",
        code="return os.environ['LD_PRELOAD']",
        stopped=r"KeyError",
        breach=_added("--setenv", "LD_PRELOAD", "/nonexistent.so"),
    ),
    Attack(
        control="bounded-memory",
        name="memory bomb",
        code="keep = bytearray(700 << 20); keep[::4096] = b'x' * len(keep[::4096]); return len(keep)",
        stopped=r"MemoryError|memory-limit",
        breach=both(limits_off("RLIMIT_AS"), profile_limits(memory_bytes=2 << 30)),
    ),
    Attack(
        control="bounded-memory",
        name="memory bomb over many processes",
        code="""
children, (told, tell), (held, hold) = [], os.pipe(), os.pipe()
for _ in range(6):
    pid = os.fork()
    if pid == 0:
        os.close(hold)
        keep = bytearray(60 << 20)
        keep[::4096] = b'x' * len(keep[::4096])
        os.write(tell, b'x')
        os.read(held, 1)
        os._exit(0)
    children.append(pid)
full = 0
while full < 6:
    full += len(os.read(told, 6))
time.sleep(0.5)
os.close(hold)
return sum(os.waitpid(pid, 0)[1] == 0 for pid in children) or 1 / 0
""",
        stopped=r"memory-limit",
        breach=both(limits_off("RLIMIT_AS"), profile_limits(memory_bytes=2 << 30)),
        limits={"memory_bytes": 192 << 20},
    ),
    Attack(
        control="bounded-memory",
        name="memory bomb in sockets",
        code="""
held = []
(told, tell), (over, hold) = os.pipe(), os.pipe()
for _ in range(8):
    if os.fork() == 0:
        os.close(hold)
        try:
            while True:
                held += (pair := socket.socketpair())
                for one in pair:
                    one.setblocking(False)
                    try:
                        while one.send(bytes(65536)):
                            pass
                    except BlockingIOError:
                        pass
        except OSError:
            os.write(tell, b'x')
        os.read(over, 1)
        os._exit(0)
full = 0
while full < 8:
    full += len(os.read(told, 8))
time.sleep(0.5)
return full
""",
        stopped=r"memory-limit",
        breach=profile_limits(memory_bytes=2 << 30),
        limits={"memory_bytes": 128 << 20},
    ),
    Attack(
        control="bounded-processes",
        name="fork bomb",
        code="""
for count in range(60):
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
return count
""",
        stopped=r"BlockingIOError",
        breach=both(limits_off("RLIMIT_NPROC"), profile_limits(processes=400, memory_bytes=4 << 30)),
    ),
    Attack(
        control="bounded-cpu",
        name="spin",
        code="""
end = time.process_time() + 1.5
while time.process_time() < end:
    pass
return 'spun'
""",
        stopped=r"cpu-limit",
        breach=both(limits_off("RLIMIT_CPU"), profile_limits(cpu_seconds=60)),
        limits={"cpu_seconds": 1, "wall_millis": 100_000},  # a busy machine gives little of it at a time
    ),
    Attack(
        control="bounded-time",
        name="ignore every signal and wait",
        code="""
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
time.sleep(1.5)
return 'waited'
""",
        stopped=r"timeout",
        breach=profile_limits(wall_millis=8000),
        limits={"wall_millis": 500},
    ),
    Attack(
        control="bounded-output",
        name="output bomb",
        code="""
for _ in range(400):
    os.write(1, b'x' * 65536)
return 'written'
""",
        stopped=r"output-limit",
        breach=profile_limits(output_bytes=64 << 20),
    ),
    Attack(
        control="bounded-output",
        name="result bomb",
        code="return 'x' * (20 << 20)",
        stopped=r"output-limit|20971",
        breach=profile_limits(result_bytes=32 << 20),
    ),
    Attack(
        control="bounded-scratch",
        name="fill /tmp",
        code="""
for number in range(20):
    with open(f'/tmp/{number}', 'wb') as f:
        f.write(b'x' * (1 << 20))
return 'filled'
""",
        stopped=r"No space left|File too large",
        breach=_big_scratch,
    ),
    Attack(
        control="bounded-open-files",
        name="open without end",
        code="return len([os.open('/dev/null', os.O_RDONLY) for _ in range(2000)])",
        stopped=r"Too many open files",
        breach=limits_off("RLIMIT_NOFILE"),
    ),
)
