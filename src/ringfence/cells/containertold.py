"""Looks at a container whose runtime has a kernel of its own, as far as it can be seen.

From outside, by this machine's kernel: the bounds of its groups, and for gVisor every program that stands in for the
guest's kernel. The container's configuration by the engine's word. The guest itself only by its own word, given before
a byte of the plugin is read: that is not an examination, and nobody may call it one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ringfence.cells import containerverify, verify
from ringfence.cells.containeraccount import ContainerAccount
from ringfence.cells.containerflags import Body
from ringfence.cells.plan import Plan
from ringfence.errors import SandboxUnavailable
from ringfence.model import Namespace

_HINT = "run 'ringfence doctor' to see what the engine lacks"
#: What gVisor's programs have of their own; the guest's processes are none of the host's.
_SANDBOX = frozenset({Namespace.USER, Namespace.NETWORK, Namespace.MOUNT, Namespace.IPC, Namespace.UTS})
#: What opens a container; each must be as it was asked for, and is nothing where it was not.
_CLOSED = (
    "Privileged CapAdd Devices DeviceRequests DeviceCgroupRules Binds VolumesFrom GroupAdd PidMode UTSMode UsernsMode "
    "Links Cgroup OomKillDisable PublishAllPorts PortBindings"
).split()


def outside(pid: int, container: str, planned: Plan, account: ContainerAccount, *, mapped: bool) -> list[str]:
    """The namespaces of gVisor's sandbox, which is process `pid`. Raises SandboxUnavailable for a missing wall.

    In an engine that maps users (`mapped`) none of its programs is a user of the host's.
    """
    groups(container, planned, account)
    try:
        own = verify.own_namespaces(pid)
        missing = [f"{one.value} namespace of the sandbox" for one in sorted(_SANDBOX - own)]
        status = verify.status(pid)
        if "0" in status["Uid"].split():
            missing.append("a user of the sandbox that is not root")
        if _interfaces(Path(f"/proc/{pid}/net/dev").read_text()) - {"lo"}:
            missing.append("no network of the sandbox")
        everywhere = {Namespace.MOUNT, Namespace.NETWORK} | ({Namespace.USER} if mapped else set())
        missing += _programs(pid, planned, account, everywhere)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise SandboxUnavailable(f"the sandbox could not be examined: {error}") from error
    _refuse(missing, "look at the runtime's arguments in the engine's configuration, such as --network=host")
    return sorted(one.value for one in own)


def groups(container: str, planned: Plan, account: ContainerAccount) -> None:
    """Whether groups of this machine's kernel bound all of it. Raises SandboxUnavailable."""
    _refuse(
        containerverify.groups(container, planned, account),
        "take --ignore-cgroups out of the runtime's arguments in the engine's configuration",
    )


def _programs(sandbox: int, planned: Plan, account: ContainerAccount, everywhere: set[Namespace]) -> Iterator[str]:
    """Every program of the host in the container's groups is confined, and sees of the host what was granted."""
    seen = set()
    for pid in account.processes():
        try:
            status = verify.status(pid)
            shown = list(containerverify.mounts(Path(f"/proc/{pid}/mountinfo").read_text()))
            spaces = verify.own_namespaces(pid)
        except (FileNotFoundError, ProcessLookupError):
            if pid == sandbox:
                raise
            continue  # one of a process of the guest that has ended
        if status["NoNewPrivs"] != "1":
            yield "no new privileges of the sandbox"
        if status["Seccomp"] != "2":
            yield "a filter of system calls of the sandbox"
        yield from (f"{one.value} namespace of all its programs" for one in sorted(everywhere - spaces))
        yield from containerverify.view(planned, shown, whole=False)
        seen |= {one.point for one in shown}
    if unseen := {mount.target for mount in planned.profile.mounts} - seen:
        yield f"its mount {min(unseen)} as granted"


def engines_word(found: Body, asked: Body) -> None:
    """Whether the engine says that it made what it was asked for. Raises SandboxUnavailable where it does not."""
    _refuse(_differences(found, asked))


def _differences(found: Body, asked: Body) -> Iterator[str]:
    made, wanted = found["HostConfig"], asked["HostConfig"]
    for key, value in wanted.items():
        if _plain(key, made.get(key)) != _plain(key, value):
            yield f"{key} as asked for"
    yield from (f"closed doors: {key}" for key in _CLOSED if made.get(key) and key not in wanted)
    mounts = {(one["Target"], not one.get("ReadOnly")) for one in wanted.get("Mounts", [])}
    if {(one["Destination"], one["RW"]) for one in found.get("Mounts") or []} != mounts:
        yield "the mounts that it was asked for"
    if found["Config"].get("User") != asked.get("User"):
        yield "User as asked for"
    if wanted.get("NetworkMode") == "none" and set(found["NetworkSettings"].get("Networks") or {}) - {"none"}:
        yield "no network"


def _plain(key: str, value: Any) -> Any:
    """A value of the engine's, in the one form that can be compared."""
    if key == "Mounts":
        return {(one["Type"], one["Source"], one["Target"], bool(one.get("ReadOnly"))) for one in value or []}
    if key == "Ulimits":
        return {(one["Name"], one["Soft"], one["Hard"]) for one in value or []}
    return sorted(map(str, value)) if isinstance(value, list) else value


def guests_word(told: object, planned: Plan) -> None:
    """Whether the guest finds its walls up, in its own kernel. Raises SandboxUnavailable where it does not."""
    match told:
        case {"status": str(status), "mounts": str(mounts), "interfaces": list(interfaces), "no_new_privileges": flag}:
            try:
                _refuse([*_of_itself(verify.fields_of(status), planned), *_around(mounts, interfaces, planned)])
            except (KeyError, ValueError, IndexError) as error:
                raise SandboxUnavailable(f"the guest says nothing clear of its walls: {error}") from error
            if flag is not True and planned.expect.no_new_privileges:
                _refuse(["no new privileges"])
        case _:
            raise SandboxUnavailable("the guest says nothing of its walls")


def _of_itself(status: dict[str, str], planned: Plan) -> Iterator[str]:
    user = str(planned.expect.user)
    if {*status["Uid"].split(), *status["Gid"].split()} != {user}:
        yield f"user {user}"
    if {*status["Groups"].split()} - {user}:
        yield "no other groups"
    sets = [status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb") if name in status]
    if planned.expect.no_capabilities and (len(sets) < 3 or any(int(one, 16) for one in sets)):
        yield "empty capability sets"
    if planned.expect.seccomp and status["Seccomp"] != "2":
        yield "seccomp filter"


def _around(mounts: str, interfaces: list[object], planned: Plan) -> Iterator[str]:
    if set(interfaces) - {"lo"}:
        yield "no network"
    shown = []
    for line in mounts.splitlines():
        _, point, kind, options = line.split(" ")[:4]
        path = point.encode().decode("unicode_escape")
        shown.append(containerverify.Shown(path, kind, "rw" in options.split(",")))
    yield from containerverify.view(planned, shown)


def _interfaces(text: str) -> set[str]:
    return {line.split(":")[0].strip() for line in text.splitlines() if ":" in line}


def _refuse(missing: Iterator[str] | list[str], hint: str = _HINT) -> None:
    if lacking := list(dict.fromkeys(missing)):
        raise SandboxUnavailable(f"the container came up without: {', '.join(lacking)}", hint=hint)
