"""A container cell in a runtime with a kernel of its own: gVisor's, or the one of Kata's small machine.

The stronger wall, and one behind which nobody can look: the guest's processes are none of this machine's kernel. So
it is used where an operator named the runtime and accepted that, and says so in every record. What can be seen is
examined all the same (`containertold.py`). No descriptor can be handed in: the guest is reached over the container's
own streams (`containerstream.py`).
"""

import contextlib
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ringfence.cells import bubblewrap, containertold, wire
from ringfence.cells.container import Contained, End, Report, describe
from ringfence.cells.containeraccount import ContainerAccount
from ringfence.cells.containerstream import Carried
from ringfence.cells.made import MadeCell
from ringfence.cells.plan import Plan
from ringfence.dataclasses import dataclass, replace
from ringfence.errors import SandboxUnavailable
from ringfence.model import Reach

if TYPE_CHECKING:
    from ringfence.cells.containerengine import Engine

_READY_SECONDS = 30.0
#: The first process beside those of the plugin.
_FIRST_PROCESS = 1
#: Threads of gVisor's own programs, and those by which it runs one process of the guest.
_TASKS = 128
_TASKS_EACH = 4

UNEXAMINED = (
    "what runs in the runtime {runtime} has a kernel of its own: its namespaces, privileges, filter, user and mounts "
    "are by its own word, not examined from outside"
)
#: Walls of other container cells that do not stand there.
SKIPPED = ("landlock", "the engine's filter of system calls", "the bound on message queues")


def adapted(planned: Plan, runtime: str) -> Plan:
    """The same cell, as such a kernel can hold it. Raises SandboxUnavailable for what it cannot."""
    if planned.profile.network.reach is Reach.GRANTED:
        raise SandboxUnavailable(
            f"a cell of the runtime {runtime} cannot be given a network: no listener can be handed out of it",
            hint="name runc or crun for calls that need a network",
        )
    processes = planned.profile.limits.processes or 0
    limits = dict(planned.setup["limits"])  # type: ignore[call-overload]
    limits.pop("RLIMIT_MSGQUEUE", None)
    # Its kernel counts the processes of this one container; the group counts the threads of those who hold it.
    limits["RLIMIT_NPROC"] = (processes + _FIRST_PROCESS,) * 2
    tasks = ("--pids-limit", str(_TASKS + _TASKS_EACH * processes))
    steps = tuple(replace(step, arguments=tasks) if step.wall == "processes" else step for step in planned.steps)
    return replace(planned, steps=steps, setup=dict(planned.setup) | {"limits": limits, "landlock": None, "tell": True})


def make(planned: Plan, engine: "Engine", *, warm: bool) -> MadeCell:
    """Create and start a container, meet its guest, look at what can be seen. Raises SandboxUnavailable."""
    planned = adapted(planned, engine.runtime)
    command = ("guest", "carried")
    with contextlib.ExitStack() as undo:
        since = time.time()
        container = engine.create(planned.arguments(), command, attached=True)
        undo.callback(engine.remove, container)
        carried = Carried(engine.attach(container))
        undo.callback(carried.close)
        for end in (carried.channel, carried.report):
            undo.callback(end.close)
        for fd in (carried.stdout, carried.stderr):
            undo.callback(os.close, fd)
        engine.start(container)
        carried.start()
        found = engine.inspect(container)
        pid = int(found["State"].get("Pid") or 0)
        if not found["State"]["Running"] or not pid:
            raise _ended(engine, container)
        pidfd = bubblewrap.open_process(pid)
        undo.callback(os.close, pidfd)
        hello = _meet(planned, carried, lambda: _ended(engine, container), warm=warm)
        account = ContainerAccount(pid)
        spaces = _look(pid, container, planned, account, engine)
        containertold.engines_word(found, engine.asked(planned.arguments(), command, attached=True))
        containertold.guests_word(hello.message.get("told"), planned)
        undo.pop_all()
    return Walled(
        plan=planned,
        isolation=describe(planned, engine, spaces, hello.message, account.kind)
        | {"unexamined": UNEXAMINED.format(runtime=engine.runtime), "skipped": list(SKIPPED)},
        channel=carried.channel,
        stdout=carried.stdout,
        stderr=carried.stderr,
        pid=pid,
        pidfd=pidfd,
        account=account,
        listeners=(),
        reap=Report(carried.report),
        guest=None,
        end=End(door=carried.close, first=carried.report),
        ran_out=lambda: engine.ran_out_of_memory(container, since),
    )


def _look(pid: int, container: str, planned: Plan, account: ContainerAccount, engine: "Engine") -> list[str]:
    """From outside: gVisor's programs are known, of Kata's machine only its groups are looked at."""
    if engine.own_kernel == "kata":
        containertold.groups(container, planned, account)
        return []
    return containertold.outside(pid, container, planned, account, mapped=engine.maps_users)


def _meet(planned: Plan, carried: Carried, ended: Callable[[], SandboxUnavailable], *, warm: bool) -> wire.Hello:
    try:
        wire.send(carried.channel, {"setup": dict(planned.setup), "warm": warm})
        hello = wire.receive_hello(carried.channel, timeout=_READY_SECONDS)
    except OSError:
        hello = None
    if hello is None:
        raise ended()
    if "failed" in hello.message:
        raise SandboxUnavailable(
            f"a wall could not be put up inside the container: {hello.message['failed']}",
            hint="use runc or crun, or a newer release of the runtime",
        )
    return hello


def _ended(engine: "Engine", container: str) -> SandboxUnavailable:
    return SandboxUnavailable(
        f"the container ended before it was ready: {engine.state(container).told}",
        hint=f"the runtime {engine.runtime} may need more memory than the call is granted, or more rights than it has",
    )


@dataclass(kw_only=True)
class Walled(Contained):
    """A cell that ends whole where the kernel kills for memory; the engine remembers that it did."""

    ran_out: Callable[[], bool]

    def look_at_the_dead(self) -> None:
        """As in every container; where nothing is left to look at, by the engine's word."""
        super().look_at_the_dead()
        if not self.alive() and not self.account.oom() and self.ran_out():
            self.account.remember_oom()  # type: ignore[attr-defined]
