"""The bubblewrap cell: one bwrap, one fresh interpreter, one call. The default.

As root, bwrap itself is started as user 65532: it would map its caller's user id into the cell,
and user 0 in a cell would be user 0 of the host.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ringfence.cells import wire
from ringfence.cells.cgroup import Account, Accountant
from ringfence.cells.made import REAP_SECONDS, Exit, MadeCell
from ringfence.cells.plan import (
    CELL_USER,
    Expect,
    Plan,
    Step,
    environment,
    guest_setup,
    listen,
    namespaces,
    scratch,
    view,
)
from ringfence.cells.runtime import Runtime
from ringfence.cells.seccomp import load
from ringfence.cells.verify import verify
from ringfence.dataclasses import dataclass, fields
from ringfence.errors import SandboxUnavailable
from ringfence.model import Limits, Namespace, Reach, Workload

NAME = "bubblewrap"

#: Every field that a control guards has a wall here.
ENFORCES = frozenset(
    {
        "user",
        "group",
        "no_new_privileges",
        "capabilities",
        "seccomp",
        "read_only_root",
        "host_namespaces",
        "network.reach",
        "network.destinations",
        "mounts",
        "environment.inherits_host",
        "environment.variables",
        *(f"limits.{field.name}" for field in fields(Limits)),
    }
)

_READY_SECONDS = 20.0
_INTERPRETER = ("/usr/bin/python3", "-I", "-S", "-B", "-X", "utf8")
#: bwrap leaves open what it copied files from; nothing is kept but the standard streams and the channel.
_START = (
    "import os, sys; n = int(sys.argv[1]); os.closerange(3, n); os.closerange(n + 1, 65536); "
    "sys.path.append('/ringfence'); import {0}; {0}.main()"
)
_FD = "{descriptor:%s}"


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """The program on this machine."""

    path: str
    version: str


def host_user() -> int:
    """The user id that a cell's processes have on the host."""
    return CELL_USER if os.geteuid() == 0 else os.geteuid()


def plan(profile: Workload, runtime: Runtime, *, group_limits: bool) -> Plan:
    """The whole cell as data. `profile` must be hardened."""
    network = profile.network.reach is Reach.GRANTED
    capabilities = ("--cap-drop", "ALL") + (("--cap-add", "CAP_NET_BIND_SERVICE") if network else ())
    steps = [
        *namespaces(),
        *_no_nested_users(network=network),
        Step(wall="capabilities", arguments=capabilities),
        *view(profile, runtime.path),
        *(_memory(path, options) for path, options, _ in scratch(profile.limits)),
        *hosts_step(profile),
        environment(profile),
        Step(wall="directory", arguments=("--chdir", "/tmp")),  # noqa: S108
    ]  # fmt: skip
    return Plan(
        cell=NAME,
        profile=profile,
        steps=tuple(steps),
        seccomp=load(None, network=network),
        setup=guest_setup(profile, group_limits=group_limits),
        tmpfs=(),
        expect=Expect(
            namespaces=frozenset(Namespace),
            no_new_privileges=True,
            seccomp=True,
            no_capabilities=True,
            user=host_user(),
        ),
    )


def _no_nested_users(*, network: bool) -> tuple[Step, ...]:
    """The kernel's own limit on nested user namespaces; the seccomp list forbids them in any case.

    bubblewrap sets the limit by entering one more user namespace, in which the guest could not open the
    listeners of a granted network (ports below 1024). There the seccomp list stands alone.
    """
    return () if network else (Step(wall="no nested user namespaces", arguments=("--disable-userns",)),)


def _memory(path: str, options: str) -> Step:
    size = options.partition("size=")[2].partition(",")[0]
    arguments = ("--perms", "0700", "--size", size, "--tmpfs", path)
    return Step(wall=f"memory file system {path}", arguments=arguments)


def hosts_text(profile: Workload) -> str:
    """/etc/hosts of the cell: localhost and each granted host at its loopback address."""
    lines = {"127.0.0.1 localhost"}
    for destination, (address, _) in zip(profile.network.destinations, listen(profile), strict=False):
        lines.add(f"{address} {destination.host}")
    return "".join(f"{line}\n" for line in sorted(lines))


def hosts_step(profile: Workload) -> tuple[Step, ...]:
    """Names of granted destinations, from a descriptor that `make` opens."""
    if profile.network.reach is not Reach.GRANTED:
        return ()
    return (Step(wall="host names", arguments=("--ro-bind-data", _FD % "hosts", "/etc/hosts")),)


def make(planned: Plan, program: Bubblewrap, accountant: Accountant) -> MadeCell:
    """Start bwrap and the guest, bound the cell, examine the walls. Raises SandboxUnavailable."""
    with contextlib.ExitStack() as undo:
        account = accountant.open(planned.profile.limits)
        undo.callback(account.close)  # once the process is dead
        spawned, hello = (_entered if account.doors else _moved)(planned, program, account, undo)
        pidfd = open_process(hello.pid)
        undo.callback(os.close, pidfd)
        listeners = tuple(socket.socket(fileno=fd) for fd in hello.descriptors)
        for listener in listeners:
            undo.callback(listener.close)
        found = verify(hello.pid, planned.expect)
        undo.pop_all()
    return MadeCell(
        plan=planned,
        isolation=describe(planned, program, found, hello.message, account.kind),
        channel=spawned.ends.channel,
        stdout=spawned.ends.stdout,
        stderr=spawned.ends.stderr,
        pid=hello.pid,
        pidfd=pidfd,
        account=account,
        listeners=listeners,
        reap=Reaper(spawned.process),
    )


def _entered(
    planned: Plan, program: Bubblewrap, account: Account, undo: contextlib.ExitStack
) -> "tuple[Spawned, wire.Hello]":
    """A guest that enters its groups by itself."""
    spawned = spawn(planned, program, "guest", undo)
    with contextlib.suppress(OSError):  # where it is gone already, it says why
        wire.send(spawned.ends.channel, dict(planned.setup), account.doors)
    hello = say_hello(spawned.ends)
    account.hold(hello.pid)
    return spawned, hello


def _moved(
    planned: Plan, program: Bubblewrap, account: Account, undo: contextlib.ExitStack
) -> "tuple[Spawned, wire.Hello]":
    """A guest whose process is bounded as soon as there is one, long before it is ready.

    The kernel takes 10 ms to move a process between groups, and the interpreter starts meanwhile.
    """
    spawned = spawn(planned, program, "guest", undo)
    with contextlib.suppress(OSError):  # where it is gone already, it says why
        wire.send(spawned.ends.channel, dict(planned.setup))
    pid = _first_process(spawned)
    try:
        account.hold(pid)
    except (SandboxUnavailable, OSError):
        say_hello(spawned.ends)  # where its process is gone already, bwrap says why
        raise
    hello = say_hello(spawned.ends)
    if hello.pid != pid:
        raise SandboxUnavailable("somebody other than the cell's first process spoke for it")
    return spawned, hello


def _first_process(spawned: "Spawned") -> int:
    """The process that bwrap made, before it says anything; looks every millisecond.

    Not from `bwrap --info-fd`: bwrap would write there between two steps, and where it is killed
    between them (because we are) its child waits for ever.
    """
    bwrap = spawned.process.pid
    answered = select.poll()
    answered.register(spawned.ends.channel, select.POLLIN)
    for _ in range(int(_READY_SECONDS * 1000)):
        spoken = answered.poll(1)
        if made := Path(f"/proc/{bwrap}/task/{bwrap}/children").read_text().split():
            return int(made[0])
        if spoken:  # or the end of all that could speak
            break
    say_hello(spawned.ends)
    raise SandboxUnavailable("the cell's first process is not to be found")


def open_process(pid: int) -> int:
    """A descriptor that stays true to this one process. Raises SandboxUnavailable where it is gone."""
    try:
        return os.pidfd_open(pid)
    except OSError as error:
        raise SandboxUnavailable(f"the cell ended while it was made: {error}") from error


def describe(
    planned: Plan, program: Bubblewrap, found: list[str], ready: dict[str, object], accounting: str
) -> dict[str, object]:
    """What the envelope and the journal say of the walls that are really up."""
    return {
        "cell": planned.cell,
        "bubblewrap": program.version,
        "namespaces": found,
        "user": planned.expect.user,
        "no_new_privileges": planned.expect.no_new_privileges,
        "capabilities": "none",
        "seccomp": planned.profile.seccomp.value,
        "landlock_abi": ready.get("landlock", 0),
        "limits": accounting,
        "network": planned.profile.network.reach.value,
    }


@dataclass(frozen=True, slots=True)
class Spawned:
    """A bwrap that was started: its process, and our ends of what runs inside."""

    process: "subprocess.Popen[bytes]"
    ends: wire.Ends


def spawn(planned: Plan, program: Bubblewrap, module: str, undo: contextlib.ExitStack) -> Spawned:
    """Start bwrap with `module` of the guest inside; `undo` ends and closes it all.

    The thread that calls this must outlive the cell: the kernel ties the cell's life to it.
    """
    with contextlib.ExitStack() as theirs:
        ends, inner = wire.connect(undo, theirs)
        files = dict(_descriptors(planned, theirs))
        arguments = [a if a not in files else str(files[a]) for a in planned.arguments()]
        if planned.seccomp is not None:
            arguments += ["--seccomp", str(files[_FD % "seccomp"])]
        command = [
            program.path,
            *arguments,
            "--",
            *_INTERPRETER,
            "-c",
            _START.format(module),
            str(inner.channel.fileno()),
        ]
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=inner.stdout,
                stderr=inner.stderr,
                pass_fds=(inner.channel.fileno(), *files.values()),
                env={},
                cwd="/",
                start_new_session=True,
                **identity(),
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise SandboxUnavailable(f"bubblewrap could not be started: {error}") from error
    undo.callback(end, process)
    return Spawned(process, ends)


def identity() -> dict[str, Any]:
    """What subprocess.Popen needs so that a cell never starts as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": CELL_USER, "group": CELL_USER, "extra_groups": []}


def _descriptors(planned: Plan, theirs: contextlib.ExitStack) -> Iterator[tuple[str, int]]:
    contents = {_FD % "hosts": hosts_text(planned.profile).encode()}
    if planned.seccomp is not None:
        contents[_FD % "seccomp"] = planned.seccomp
    for name, data in contents.items():
        fd = os.memfd_create(name)
        theirs.callback(os.close, fd)
        os.write(fd, data)
        os.lseek(fd, 0, os.SEEK_SET)
        yield name, fd


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a started program and wait for it."""
    kill_group(process)
    process.wait()


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill bwrap and, where it was stopped before it tied its child's life to its own, that child.

    Until the guest has a session of its own both are in one process group.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def say_hello(ends: wire.Ends) -> wire.Hello:
    """Wait for the first frame; where none comes, say what bwrap said."""
    hello = wire.receive_hello(ends.channel, timeout=_READY_SECONDS)
    if hello is None:
        said = _last_words(ends.stderr)
        raise SandboxUnavailable(
            f"bubblewrap could not make the cell: {said or 'it ended without a word'}",
            hint="run 'ringfence doctor' to see what this machine lacks",
        )
    if "failed" in hello.message:
        raise SandboxUnavailable(
            f"a wall could not be put up inside the cell: {hello.message['failed']}",
            hint="run 'ringfence doctor' to see what this machine lacks",
        )
    return hello


def _last_words(stderr: int) -> str:
    ready, _, _ = select.select([stderr], [], [], REAP_SECONDS)
    text = os.read(stderr, 4096).decode("utf-8", "replace") if ready else ""
    return " ".join(text.split())[:500]


class Reaper:
    """Waits for bwrap and remembers how it ended."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._exit: Exit | None = None

    def __call__(self, timeout: float) -> Exit | None:
        """How it ended; killed where it does not end in time."""
        if self._exit is not None:
            return self._exit
        pidfd = os.pidfd_open(self._process.pid)
        try:
            ready, _, _ = select.select([pidfd], [], [], timeout)
            if not ready:
                kill_group(self._process)
            _, status, usage = os.wait4(self._process.pid, 0)
        finally:
            os.close(pidfd)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._exit = Exit(status, int((usage.ru_utime + usage.ru_stime) * 1e6), usage.ru_maxrss)
        return self._exit
