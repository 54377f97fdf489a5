"""Looks at a made cell from outside: are the walls that were asked for really up?

Reads what the kernel says of the guest's first process, not what the guest says of itself.
A wall that is missing is an error, never a note.
"""

import functools
import os
from pathlib import Path

from ringfence.cells.plan import Expect
from ringfence.errors import SandboxUnavailable
from ringfence.model import Namespace

_LINKS = {
    Namespace.CGROUP: "cgroup",
    Namespace.IPC: "ipc",
    Namespace.MOUNT: "mnt",
    Namespace.NETWORK: "net",
    Namespace.PID: "pid",
    Namespace.USER: "user",
    Namespace.UTS: "uts",
}


def verify(pid: int, expect: Expect) -> list[str]:
    """The namespaces of `pid` that differ from ours; raises SandboxUnavailable for a missing wall."""
    try:
        own = own_namespaces(pid)
        word = status(pid)
    except OSError as error:
        raise SandboxUnavailable(f"the cell could not be examined: {error}") from error
    missing = [f"{n.value} namespace" for n in sorted(expect.namespaces - own)]
    missing += [name for name, holds in _facts(word, expect) if not holds]
    if missing:
        raise SandboxUnavailable(
            f"the cell came up without: {', '.join(missing)}",
            hint="run 'ringfence doctor' to see what is missing",
        )
    return sorted(n.value for n in own)


def own_namespaces(pid: int) -> set[Namespace]:
    """The namespaces of `pid` that are not ours. Raises OSError."""
    return {n for n, link in _LINKS.items() if os.readlink(f"/proc/{pid}/ns/{link}") != _of_parent(link)}


def _facts(status: dict[str, str], expect: Expect) -> list[tuple[str, bool]]:
    users = set(map(int, status["Uid"].split()))
    return [
        ("one thread", status["Threads"] == "1"),
        ("no new privileges", status["NoNewPrivs"] == "1" or not expect.no_new_privileges),
        ("seccomp filter", status["Seccomp"] == "2" or not expect.seccomp),
        ("empty capability sets", _no_capabilities(status) or not expect.no_capabilities),
        (f"user {expect.user}", users == {expect.user}),
    ]


def _no_capabilities(status: dict[str, str]) -> bool:
    return all(int(status[name], 16) == 0 for name in ("CapInh", "CapPrm", "CapEff", "CapAmb"))


@functools.cache
def _of_parent(link: str) -> str:
    """The parent's own namespace, which it never leaves."""
    return os.readlink(f"/proc/self/ns/{link}")


def status(pid: int) -> dict[str, str]:
    """The kernel's word on a process. Raises OSError."""
    return fields_of(Path(f"/proc/{pid}/status").read_text())


def fields_of(text: str) -> dict[str, str]:
    """A status file of /proc as names and values."""
    return dict(line.split(":\t", 1) for line in text.splitlines())
