"""Plans: what a cell will do, as data that can be printed before it is done.

A `Plan` follows from a hardened profile, the guest's root and nothing else. Nothing here
starts, opens or mounts. Every wall is a step with a name, so that a test can take exactly one
out (`without`) and see the attack on it succeed.
"""

from collections.abc import Mapping

from ringfence.dataclasses import dataclass, replace
from ringfence.model import Limits, Namespace, Reach, Workload

#: The user and group that a call runs as, inside and (where Ringfence is started as root)
#: outside: the "nonroot" of distroless images, which owns nothing.
CELL_USER = 65532

#: Writable memory file systems of a cell beside /tmp: small, and gone with it.
SECRETS_BYTES = 1024 * 1024

_DEVICES = ("null", "zero", "random", "urandom")
_HEADROOM = 256 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One wall, or one part of the cell's view, as arguments of bubblewrap."""

    wall: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Expect:
    """What the parent must find true of the made cell before it hands over the request."""

    namespaces: frozenset[Namespace]
    no_new_privileges: bool
    seccomp: bool
    no_capabilities: bool
    user: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All of a cell: bubblewrap's steps, the filter, what the guest does to itself, what is checked.

    `tmpfs` lists what a forked child mounts for itself: (path, mount options, read-only).
    """

    cell: str
    profile: Workload
    steps: tuple[Step, ...]
    seccomp: bytes | None
    setup: Mapping[str, object]
    tmpfs: tuple[tuple[str, str, bool], ...]
    expect: Expect

    def without(self, *walls: str) -> "Plan":
        """The same plan with those steps missing; unknown names are an error. For tests."""
        known = {step.wall for step in self.steps}
        if unknown := set(walls) - known:
            raise KeyError(f"no such wall: {', '.join(sorted(unknown))}")
        return replace(self, steps=tuple(s for s in self.steps if s.wall not in walls))

    def arguments(self) -> list[str]:
        """bubblewrap's arguments, in order."""
        return [argument for step in self.steps for argument in step.arguments]


def view(profile: Workload, root: str) -> tuple[Step, ...]:
    """What a cell can see: the guest's root, four devices, the mounts of the profile."""
    steps = [Step(wall="root", arguments=("--ro-bind", root, "/"))]
    steps += [Step(wall=f"device {d}", arguments=("--dev-bind", f"/dev/{d}", f"/dev/{d}")) for d in _DEVICES]
    steps.append(Step(wall="grants", arguments=("--size", str(SECRETS_BYTES), "--tmpfs", "/granted")))
    for mount in profile.mounts:
        bind = "--bind" if mount.writable else "--ro-bind"
        steps.append(Step(wall=f"mount {mount.target}", arguments=(bind, mount.source, mount.target)))
    steps.append(Step(wall="grants read-only", arguments=("--remount-ro", "/granted")))
    return tuple(steps)


def environment(profile: Workload) -> Step:
    """Exactly the profile's variables."""
    arguments = ["--clearenv"]
    for name, value in profile.environment.variables:
        arguments += ["--setenv", name, value]
    return Step(wall="environment", arguments=tuple(arguments))


def namespaces() -> tuple[Step, ...]:
    """The namespaces that bubblewrap makes, and the life of the cell tied to its parent's."""
    return (
        Step(wall="session", arguments=("--new-session",)),
        Step(wall="die with parent", arguments=("--die-with-parent",)),
        Step(
            wall="user namespace",
            arguments=("--unshare-user", "--uid", str(CELL_USER), "--gid", str(CELL_USER)),
        ),
        Step(wall="pid namespace", arguments=("--unshare-pid", "--as-pid-1")),
        Step(wall="network namespace", arguments=("--unshare-net",)),
        Step(wall="ipc namespace", arguments=("--unshare-ipc",)),
        Step(wall="uts namespace", arguments=("--unshare-uts", "--hostname", "cell")),
        Step(wall="cgroup namespace", arguments=("--unshare-cgroup",)),
    )


def scratch(limits: Limits) -> tuple[tuple[str, str, bool], ...]:
    """The memory file systems that belong to one call: /tmp and the secrets' folder."""
    return (
        ("/tmp", f"size={_bound(limits.scratch_bytes)},mode=0700,nr_inodes=16384", False),  # noqa: S108
        ("/run/secrets", f"size={SECRETS_BYTES},mode=0700,nr_inodes=256", False),
    )


def guest_setup(profile: Workload, *, group_limits: bool) -> dict[str, object]:
    """What the guest does to itself before it is ready (see `guest/guest.py`)."""
    writable = [m.target for m in profile.mounts if m.writable]
    return {
        "listen": listen(profile),
        "drop_capabilities": True,
        "limits": rlimits(profile.limits, group_limits=group_limits),
        "landlock": {
            "read": ["/"],
            "write": [*writable, *(f"/dev/{d}" for d in _DEVICES), "/tmp", "/run/secrets"],  # noqa: S108
            "connect": sorted({d.port for d in profile.network.destinations}),
        },
    }


def listen(profile: Workload) -> list[tuple[str, int]]:
    """The loopback address and port, inside the cell, of each granted destination.

    The same host has the same address, so that one line of /etc/hosts is true for all its ports.
    """
    if profile.network.reach is not Reach.GRANTED:
        return []
    hosts = sorted({d.host for d in profile.network.destinations})
    return [(f"127.0.1.{hosts.index(d.host) + 1}", d.port) for d in profile.network.destinations]


def rlimits(limits: Limits, *, group_limits: bool) -> dict[str, tuple[int, int]]:
    """setrlimit(2) values. Where a cgroup bounds the memory of all, address space gets headroom."""
    memory = _bound(limits.memory_bytes)
    space = 2 * memory + _HEADROOM if group_limits else memory
    cpu = _bound(limits.cpu_seconds)
    same = {
        "RLIMIT_AS": space,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": _bound(limits.scratch_bytes),
        "RLIMIT_MEMLOCK": 64 * 1024,
        "RLIMIT_NOFILE": _bound(limits.open_files),
        "RLIMIT_NPROC": _bound(limits.processes),
        "RLIMIT_MSGQUEUE": 0,
    }
    return {name: (value, value) for name, value in same.items()} | {"RLIMIT_CPU": (cpu, cpu + 1)}


def _bound(value: int | None) -> int:
    """A hardened profile bounds everything; a cell is never planned for one that does not."""
    if value is None:
        raise ValueError("a plan needs a hardened profile: a limit is missing")
    return value
