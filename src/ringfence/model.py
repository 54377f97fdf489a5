"""What a control judges: a `Workload` and its parts.

Frozen, keyword-only and without defaults: what a platform does when a file is silent is a
fact of that platform and stands in its format's file; what is secure stands in a control.
Nothing here reads, writes, or knows a file format, a cell or a control.

`None` in a limit means: no bound. `None` for a user means: whatever the image says.
"""

from enum import StrEnum

from ringfence.dataclasses import dataclass


class Seccomp(StrEnum):
    """Which system calls the kernel answers.

    NODE_DEFAULT: the file is silent, and the platform leaves it to the node, which mostly means all of them.
    CUSTOM: a profile that is not shown to us.
    """

    UNCONFINED = "unconfined"
    NODE_DEFAULT = "node-default"
    RUNTIME_DEFAULT = "runtime-default"
    CUSTOM = "custom"
    ALLOW_LIST = "allow-list"


class Namespace(StrEnum):
    """The kernel's namespaces (namespaces(7))."""

    CGROUP = "cgroup"
    IPC = "ipc"
    MOUNT = "mount"
    NETWORK = "network"
    PID = "pid"
    USER = "user"
    UTS = "uts"


class Reach(StrEnum):
    """How far a workload's connections may go."""

    NONE = "none"
    GRANTED = "granted"
    ANY = "any"


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Destination:
    """One place on the network: a lower-case host name or an address literal, and a TCP port."""

    host: str
    port: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """What can be reached. `destinations` counts only where `reach` is GRANTED."""

    reach: Reach
    destinations: tuple[Destination, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mount:
    """A path of the host (`source`, absolute) shown inside at `target`.

    `grant` names the permission under which an operator allowed it; None where nobody did.
    """

    source: str
    target: str
    writable: bool
    grant: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """The environment a process starts with."""

    inherits_host: bool
    variables: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Upper bounds, each in the unit its name says; None is no bound.

    `cpu_millis` is a rate (1000 is one core), `cpu_seconds` a total, `wall_millis` the time from
    request to result, `output_bytes` stdout and stderr together, `result_bytes` the result's JSON,
    `scratch_bytes` the writable temporary space.
    """

    memory_bytes: int | None
    processes: int | None
    cpu_millis: int | None
    cpu_seconds: int | None
    wall_millis: int | None
    output_bytes: int | None
    result_bytes: int | None
    scratch_bytes: int | None
    open_files: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Workload:
    """One thing that runs: a plugin's call, a service, a container of a pod."""

    name: str
    user: int | None
    group: int | None
    no_new_privileges: bool
    capabilities: frozenset[str]
    seccomp: Seccomp
    read_only_root: bool
    host_namespaces: frozenset[Namespace]
    network: Network
    mounts: tuple[Mount, ...]
    environment: Environment
    limits: Limits
