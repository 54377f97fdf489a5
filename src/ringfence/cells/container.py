"""The container cell: one container of Docker or Podman, one fresh interpreter, one call.

The engine starts it with every field of the profile as a flag. Its first process connects to a socket that only this
one cell was given; over it the parent hands in the guest's channel and pipes, as it does to a cell of bubblewrap. So
no byte of a call passes the engine, a granted network needs no more than the container's own loopback, and the cell
is examined from outside before it is used.
"""

import contextlib
import os
import select
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence import strictjson
from ringfence.cells import bubblewrap, containerflags, wire
from ringfence.cells.containeraccount import ContainerAccount
from ringfence.cells.made import REAP_SECONDS, Exit, MadeCell, dead, ending
from ringfence.cells.plan import CELL_USER, Expect, Plan, Step, guest_setup, scratch
from ringfence.cells.runtime import Runtime
from ringfence.dataclasses import dataclass, replace
from ringfence.errors import SandboxUnavailable
from ringfence.model import Limits, Namespace, Reach, Workload

if TYPE_CHECKING:
    from ringfence.cells.containerengine import Engine

NAME = "container"

#: Every field that a control guards has a flag here.
ENFORCES = bubblewrap.ENFORCES

#: What the guest reads and says costs one process beside those of the plugin.
_FIRST_PROCESS = 1
_SHARED_MEMORY_BYTES = 1024 * 1024
_READY_SECONDS = 30.0
_DOOR = "/run/ringfence"
_CPU_PERIOD = 1000
_REPORT_MAX = 4096
#: A wait status has sixteen bits.
_STATUS_MAX = 0xFFFF
#: What every container has: all of the kernel's but the user namespace, which hangs on the engine.
_OWN = frozenset(Namespace) - {Namespace.USER}


def plan(profile: Workload, runtime: Runtime, *, group_limits: bool) -> Plan:
    """The whole cell as data. `profile` must be hardened; the engine's groups always bound it."""
    network = profile.network.reach is Reach.GRANTED
    setup = guest_setup(profile, group_limits=True)
    limits = dict(setup["limits"])  # type: ignore[call-overload]
    # The kernel counts processes by user, and all containers share one: the group's limit stands alone.
    limits.pop("RLIMIT_NPROC")
    landlock = dict(setup["landlock"])  # type: ignore[call-overload]
    landlock["write"] = [*landlock["write"], "/dev/shm"]  # noqa: S108
    from ringfence.cells.seccomp import load

    return Plan(
        cell=NAME,
        profile=profile,
        steps=(*_walls(profile), *_bounds(profile.limits), *_view(profile), *_way_out(profile)),
        seccomp=None,
        setup=setup | {"limits": limits, "landlock": landlock, "seccomp": load(None, network=network)},
        tmpfs=(),
        expect=Expect(
            namespaces=_OWN,
            no_new_privileges=True,
            seccomp=True,
            no_capabilities=True,
            user=CELL_USER,
        ),
    )


def _walls(profile: Workload) -> Iterator[Step]:
    yield Step(wall="user", arguments=("--user", f"{CELL_USER}:{CELL_USER}"))
    yield Step(wall="no new privileges", arguments=("--security-opt", "no-new-privileges"))
    yield Step(wall="capabilities", arguments=("--cap-drop", "ALL"))
    yield Step(wall="seccomp", arguments=("--security-opt", "seccomp=allow-list"))
    yield Step(wall="root", arguments=("--read-only",))
    yield Step(wall="network namespace", arguments=("--network", "none"))
    yield Step(wall="ipc namespace", arguments=("--ipc", "private", "--shm-size", str(_SHARED_MEMORY_BYTES)))
    yield Step(wall="uts namespace", arguments=("--hostname", "cell"))
    yield Step(wall="cgroup namespace", arguments=("--cgroupns", "private"))
    variables = [word for name, value in profile.environment.variables for word in ("--env", f"{name}={value}")]
    yield Step(wall="environment", arguments=tuple(variables))
    yield Step(wall="directory", arguments=("--workdir", "/tmp"))  # noqa: S108
    yield Step(wall="no logs kept", arguments=("--log-driver", "none"))
    yield Step(wall="used once", arguments=("--rm", "--restart", "no", "--stop-timeout", "0"))


def _bounds(limits: Limits) -> Iterator[Step]:
    memory = str(_bound(limits.memory_bytes))
    yield Step(wall="memory", arguments=("--memory", memory, "--memory-swap", memory))
    yield Step(wall="processes", arguments=("--pids-limit", str(_bound(limits.processes) + _FIRST_PROCESS)))
    yield Step(wall="cores", arguments=("--cpus", f"{_bound(limits.cpu_millis) / _CPU_PERIOD:g}"))
    files = _bound(limits.open_files)
    yield Step(wall="open files", arguments=("--ulimit", f"nofile={files}:{files}"))
    yield Step(wall="core files", arguments=("--ulimit", "core=0:0"))


def _view(profile: Workload) -> Iterator[Step]:
    for path, options, _ in scratch(profile.limits):
        owned = f"{options},uid={CELL_USER},gid={CELL_USER},nosuid,nodev"
        yield Step(wall=f"memory file system {path}", arguments=("--tmpfs", f"{path}:{owned}"))
    for mount in profile.mounts:
        arguments = containerflags.mount(mount.source, mount.target, writable=mount.writable)
        yield Step(wall=f"mount {mount.target}", arguments=arguments)


def _way_out(profile: Workload) -> Iterator[Step]:
    """A granted host is a name of the container's own loopback, any port of which the guest may listen on."""
    if profile.network.reach is Reach.GRANTED:
        yield Step(wall="ports below 1024", arguments=("--sysctl", "net.ipv4.ip_unprivileged_port_start=0"))


def _bound(value: int | None) -> int:
    if value is None:
        raise ValueError("a plan needs a hardened profile: a limit is missing")
    return value


def make(planned: Plan, engine: "Engine", store: Path, *, warm: bool) -> MadeCell:
    """Create and start a container, meet its first process, examine its walls. Raises SandboxUnavailable."""
    if engine.own_kernel:
        from ringfence.cells import containerkernel

        return containerkernel.make(planned, engine, warm=warm)
    from ringfence.cells.containerdoor import Door

    wanted = planned.expect.namespaces | ({Namespace.USER} if engine.maps_users else set())
    wanted -= {Namespace.CGROUP} if engine.settings.allow_host_cgroup_namespace else set()
    planned = replace(planned, expect=replace(planned.expect, namespaces=wanted))
    with contextlib.ExitStack() as undo:
        door = Door(store)
        undo.callback(door.close)
        hosts = door.file("hosts", bubblewrap.hosts_text(planned.profile))
        shown = containerflags.mount(hosts, "/etc/hosts", writable=False)
        arguments = [*planned.arguments(), *containerflags.mount(door.folder, _DOOR, writable=False), *shown]
        container = engine.create(arguments, ("guest", "container", f"{_DOOR}/s"))
        undo.callback(engine.remove, container)
        engine.start(container)
        first, pid = door.answer(lambda: engine.state(container), _READY_SECONDS)
        undo.callback(first.close)
        if engine.state(container).pid != pid:
            raise SandboxUnavailable(
                "somebody other than the container's first process spoke for it",
                hint=f"the runtime {engine.runtime} must start processes of this machine's kernel, as runc and crun do",
            )
        pidfd = bubblewrap.open_process(pid)
        undo.callback(os.close, pidfd)
        ends, hello = _fork(planned, first, undo, warm=warm)
        listeners = tuple(socket.socket(fileno=fd) for fd in hello.descriptors)
        for listener in listeners:
            undo.callback(listener.close)
        from ringfence.cells import containerverify

        account = ContainerAccount(hello.pid)
        found = containerverify.verify(hello.pid, container, planned, account)
        door.shut()
        undo.pop_all()
    return Contained(
        plan=planned,
        isolation=describe(planned, engine, found, hello.message, account.kind),
        channel=ends.channel,
        stdout=ends.stdout,
        stderr=ends.stderr,
        pid=pid,
        pidfd=pidfd,
        account=account,
        listeners=listeners,
        reap=Report(first),
        guest=hello.pid,
        end=End(door=door.close, first=first),
    )


def _fork(
    planned: Plan, first: socket.socket, undo: contextlib.ExitStack, *, warm: bool
) -> tuple[wire.Ends, wire.Hello]:
    """Have the first process fork the guest; our ends of it, and its first words."""
    with contextlib.ExitStack() as theirs:
        ends, inner = wire.connect(undo, theirs)
        try:
            order = {"setup": dict(planned.setup), "warm": warm}
            wire.send(first, order, (inner.channel.fileno(), inner.stdout, inner.stderr))
        except OSError as error:
            raise SandboxUnavailable(f"the container ended while it was made: {error}") from error
    hello = wire.receive_hello(ends.channel, timeout=_READY_SECONDS)
    if hello is None:
        raise SandboxUnavailable("the guest in the container ended without a word")
    if "failed" in hello.message:
        raise SandboxUnavailable(
            f"a wall could not be put up inside the container: {hello.message['failed']}",
            hint="run 'ringfence doctor' to see what the engine lacks",
        )
    return ends, hello


def describe(
    planned: Plan, engine: "Engine", found: list[str], ready: dict[str, object], accounting: str
) -> dict[str, object]:
    """What the envelope and the journal say of a cell."""
    return {
        "cell": planned.cell,
        "engine": engine.title,
        "image": engine.image.id,
        "runtime": engine.runtime,
        "namespaces": found,
        "user": planned.expect.user,
        "no_new_privileges": planned.expect.no_new_privileges,
        "capabilities": "none",
        "seccomp": planned.profile.seccomp.value,
        "landlock_abi": ready.get("landlock", 0),
        "limits": accounting,
        "network": planned.profile.network.reach.value,
    }


@dataclass
class End:
    """What a container cell holds beside what every cell does."""

    door: Callable[[], None]
    first: socket.socket

    def close(self) -> None:
        """Give it back."""
        self.first.close()
        self.door()


@dataclass(kw_only=True)
class Contained(MadeCell):
    """A made cell whose first process is the container's; the engine removes what is left of it in its own time."""

    end: End
    #: The process that answers, where this machine knows it.
    guest: int | None

    def look_at_the_dead(self) -> None:
        """How the guest ended and whether the kernel killed it for memory, while its group is still there."""
        lives_on = self.guest is not None and not ending(self.guest)  # it only closed its channel: no report will come
        self.reap(REAP_SECONDS / 10 if lives_on else REAP_SECONDS)
        self.account.oom()

    def bury(self) -> None:
        """Wait for the first process: the container's other processes die with it."""
        dead(self.pidfd, REAP_SECONDS)

    def destroy(self) -> None:
        """End the cell; the engine takes the rest away."""
        if not self._dead:
            super().destroy()
            self.end.close()


class Report:
    """How the guest ended, as the container's first process says it."""

    def __init__(self, first: socket.socket) -> None:
        self._first = first
        self._exit: Exit | None = None
        self._data = b""

    def __call__(self, timeout: float) -> Exit | None:
        """Wait for it."""
        if self._exit is None and self._first.fileno() >= 0:
            self._exit = self._read(timeout)
        return self._exit

    def _read(self, timeout: float) -> Exit | None:
        poll = select.poll()
        poll.register(self._first, select.POLLIN)
        ends = time.monotonic() + timeout
        try:
            while len(self._data) < 4 + int.from_bytes(self._data[:4].ljust(4, b"\0"), "big"):
                if not poll.poll(max(ends - time.monotonic(), 0) * 1000):
                    return None
                part = self._first.recv(_REPORT_MAX, socket.MSG_DONTWAIT)
                if not part or len(self._data) > _REPORT_MAX:
                    return None
                self._data += part
            said = strictjson.loads(self._data[4:])
        except (OSError, strictjson.StrictJsonError):
            return None
        match said:
            case {"status": int(status), "cpu_us": int(cpu_us), "peak_kib": int(peak_kib)} if (
                0 <= status <= _STATUS_MAX
            ):
                return Exit(status, cpu_us, peak_kib)
        return None
