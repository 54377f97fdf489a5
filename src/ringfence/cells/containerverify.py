"""Looks at a made container from outside: is what was asked of the engine really so?

Reads the kernel's word on the guest's process, never the engine's: namespaces, privileges, filter, user, the bounds of
its groups, every mount. An engine that left something out makes a cell that is refused.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from ringfence.cells.containeraccount import ContainerAccount
from ringfence.cells.plan import Plan
from ringfence.cells.verify import verify as verify_process
from ringfence.dataclasses import dataclass, replace
from ringfence.errors import SandboxUnavailable
from ringfence.model import Namespace

#: What an engine shows every container, from files of its own.
_ENGINES_OWN = ("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/mtab", "/run/.containerenv", "/run/ringfence")
_KERNELS_OWN = ("/proc", "/sys", "/dev")
_MEMORY = ("/tmp", "/run/secrets", "/run", "/var/tmp")  # noqa: S108


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of mountinfo (proc_pid_mountinfo(5))."""

    point: str
    kind: str
    writable: bool


def verify(pid: int, container: str, planned: Plan, account: ContainerAccount) -> list[str]:
    """The namespaces of its own that the cell has. Raises SandboxUnavailable for a missing wall."""
    try:
        rows = _map(pid)
        inside, outside = _user(pid, rows)
        shown = list(mounts(Path(f"/proc/{pid}/mountinfo").read_text()))
    except (OSError, ValueError, IndexError) as error:
        raise SandboxUnavailable(f"the container could not be examined: {error}") from error
    found = verify_process(pid, replace(planned.expect, user=outside))
    missing = [] if inside == planned.expect.user else [f"user {planned.expect.user}"]
    if Namespace.USER in planned.expect.namespaces and any(host == 0 for _, host, _ in rows):
        missing.append("user ids that are not the host's")
    missing += groups(container, planned, account)
    missing += _filters(pid, planned)
    missing += view(planned, shown)
    if missing:
        raise SandboxUnavailable(
            f"the container came up without: {', '.join(missing)}",
            hint="run 'ringfence doctor' to see what the engine lacks",
        )
    return found


def _map(pid: int) -> list[tuple[int, int, int]]:
    """The user ids of the process's user namespace: the first there, the first as we see it, how many."""
    lines = Path(f"/proc/{pid}/uid_map").read_text().splitlines()
    return [(int(first), int(host), int(count)) for first, host, count in (line.split() for line in lines)]


def _user(pid: int, rows: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The process's user id as it sees it itself, and as we do."""
    status = Path(f"/proc/{pid}/status").read_text()
    outside = int(next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1])
    if os.readlink(f"/proc/{pid}/ns/user") == os.readlink("/proc/self/ns/user"):
        return outside, outside
    for first, host, count in rows:
        if host <= outside < host + count:
            return first + outside - host, outside
    raise ValueError(f"user {outside} is not in the container's map")


def groups(container: str, planned: Plan, account: ContainerAccount) -> Iterator[str]:
    """Whether its groups are its own, and bound memory and processes as tightly as asked (memory comes in pages)."""
    if container not in str(account.group):
        yield "a group of its own"
    asked = planned.arguments()
    for what, flag in (("memory", "--memory"), ("processes", "--pids-limit")):
        if flag in asked:
            found = account.bound(what)
            if found is None or found > int(asked[asked.index(flag) + 1]):
                yield f"its bound on {what}"


def mounts(text: str) -> Iterator[Shown]:
    """Every mount of a mountinfo file."""
    for line in text.splitlines():
        head, _, tail = line.partition(" - ")
        words = head.split(" ")
        point = words[4].encode().decode("unicode_escape")
        yield Shown(point, tail.split(" ")[0], "rw" in words[5].split(","))


def _filters(pid: int, planned: Plan) -> Iterator[str]:
    """Two filters hold the guest: the engine's over the whole container, and the one that the guest put on itself."""
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    wanted = (1 if planned.expect.seccomp else 0) + (1 if planned.setup.get("seccomp") else 0)
    if int(status.get("Seccomp_filters", wanted)) < wanted:  # Linux 5.9 counts them
        yield "the engine's filter of system calls"


def view(planned: Plan, shown: list[Shown], *, whole: bool = True) -> Iterator[str]:
    """The root and what may only be read is read-only, and nothing is there that nobody asked for.

    A view that is not `whole` is one of gVisor's programs, of which one holds the mounts, all of them writable: that
    they are read-only to the guest is held between these programs.
    """
    asked = {mount.target: mount for mount in planned.profile.mounts}
    points = {one.point: one for one in shown}
    walls = {step.wall for step in planned.steps}
    if "root" in walls and points["/"].writable:
        yield "a read-only root"
    for target, mount in asked.items():
        granted = target in points and (mount.writable or not points[target].writable)
        if whole and f"mount {target}" in walls and not granted:
            yield f"its mount {target} as granted"
    for one in shown:
        kernels = one.point == "/" or one.point.startswith(tuple(f"{p}/" for p in _KERNELS_OWN))
        known = kernels or one.point in (*asked, *_ENGINES_OWN, *_KERNELS_OWN) or f"breach {one.point}" in walls
        if not known and not (one.kind == "tmpfs" and one.point in _MEMORY):
            yield f"closed doors: {one.point} is shown"
