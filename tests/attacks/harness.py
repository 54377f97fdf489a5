"""Runs hostile code in a real cell, whole or with exactly one wall taken out.

    ended = attack(cell, CODE)                        # the walls as they are
    ended = attack(cell, CODE, breach=no_seccomp)     # the same, minus one

Every attack is the body of a plugin's method `attack(self)`; what it returns is what it gained.
A breach changes the plan and the expectation together; `verify` would refuse it otherwise, and
`test_escapes.py` shows that it does.
"""

import contextlib
import shutil
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from profiles import hardened_profile
from ringfence.cells import bubblewrap, cgroup, container, machine, prefork, relay, runtime
from ringfence.cells.containerengine import Engine
from ringfence.cells.containersettings import Settings
from ringfence.cells.made import Ended, MadeCell
from ringfence.cells.plan import Plan
from ringfence.model import Limits, Mount, Workload

Breach = Callable[[Plan], Plan]
CELLS = ("bubblewrap", "prefork", "container")

_HEAD = """\
import ctypes, os, signal, socket, subprocess, sys, threading, time
LIBC = ctypes.CDLL(None, use_errno=True)
def syscall(number, *args):
    plain = (bytes, ctypes.Array, type(None))
    words = [a if isinstance(a, plain) else ctypes.c_long(a) for a in args]
    result = LIBC.syscall(ctypes.c_long(number), *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
class Plugin:
    def __init__(self, policy=None):
        self.policy = policy
    def attack(self):
"""


@dataclass
class Range:
    """One machine's means to make cells, shared by the tests of a session."""

    store: Path
    accountant: Any = field(default_factory=cgroup.find)
    #: Gives the socket of a container engine, or skips the test.
    engine_socket: Callable[[], str] = field(default=lambda: "")
    _engine: Engine | None = None

    def engine(self) -> Engine:
        """The container engine, found once."""
        if self._engine is None:
            self._engine = Engine(Settings(engine=self.engine_socket()), runtime.ensure(self.store), self.store)
        return self._engine

    def close(self) -> None:
        """Close the connections to the engine."""
        if self._engine is not None:
            self._engine.close()

    def profile(self, plugin: Path, *mounts: Mount, **limits: int) -> Workload:
        """A hardened profile for the plugin in that folder."""
        base = hardened_profile("attack")
        wanted = {"wall_millis": 60_000, "scratch_bytes": 8 << 20} | limits
        return replace(
            base,
            mounts=(Mount(source=str(plugin), target="/plugin", writable=False, grant="plugin"), *mounts),
            environment=replace(base.environment, variables=(("HOME", "/tmp"), ("PATH", "/usr/bin"))),
            limits=replace(base.limits, **wanted),
        )

    def plan(self, cell: str, profile: Workload) -> Plan:
        """The plan of a cell."""
        if cell == "container":
            self.engine()
        built = runtime.ensure(self.store)
        module = {"bubblewrap": bubblewrap, "prefork": prefork, "container": container}[cell]
        return module.plan(profile, built, group_limits=self.accountant.kind != "rlimits")

    @contextlib.contextmanager
    def made(self, plan: Plan) -> Iterator[MadeCell]:
        """A made cell, ended afterwards."""
        program = machine.bubblewrap()
        with contextlib.ExitStack() as stack:
            if plan.cell == "prefork":
                maker = prefork.Maker(plan, program, self.accountant)
                stack.callback(maker.close)
                cell = maker.make()
            elif plan.cell == "container":
                cell = container.make(plan, self.engine(), self.store, warm=False)
            else:
                cell = bubblewrap.make(plan, program, self.accountant)
            stack.callback(cell.destroy)
            yield cell


@contextlib.contextmanager
def plugin_of(code: str, *, whole: bool = False) -> Iterator[Path]:
    """A folder with a plugin whose `attack` method has this body (or whose module is `code`)."""
    folder = Path(tempfile.mkdtemp(prefix="ringfence-attack-"))
    folder.chmod(0o755)
    try:
        body = textwrap.dedent(code)
        text = body if whole else _HEAD + textwrap.indent(body, " " * 8)
        (folder / "attack.py").write_text(text)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def request(
    policy: Mapping[str, object] | None = None, secrets: Mapping[str, bytes] | None = None
) -> dict[str, object]:
    """What the gate would send for `attack`."""
    return {
        "entry": {"module": "attack", "class": "Plugin"},
        "method": "attack",
        "args": [],
        "kwargs": {},
        "policy": dict(policy or {}),
        "secrets": dict(secrets or {}),
        "places": {"plugin": "/plugin", "secrets": "/run/secrets", "scratch": "/tmp"},
    }


def attack(
    range_: Range,
    cell: str,
    code: str,
    *,
    breach: Breach | None = None,
    mounts: tuple[Mount, ...] = (),
    edit: Callable[[Workload], Workload] = lambda w: w,
    whole: bool = False,
    resolver: relay.Resolver = relay.resolve,
    secrets: Mapping[str, bytes] | None = None,
    **limits: int,
) -> Ended:
    """Run the code in a fresh cell; returns what came of it."""
    with plugin_of(code, whole=whole) as folder:
        plan = range_.plan(cell, edit(range_.profile(folder, *mounts, **limits)))
        if breach is not None:
            plan = breach(plan)
        with range_.made(plan) as made:
            if not made.listeners:
                return made.call(request(secrets=secrets))
            way_out = relay.Relay(made.listeners, plan.profile.network.destinations, resolver)
            try:
                return made.call(request(secrets=secrets))
            finally:
                way_out.close()


def gained(ended: Ended) -> object:
    """What the attack returned; fails where it did not return."""
    assert ended.code == "ok", ended
    assert ended.answer is not None
    assert "result" in ended.answer, ended.answer
    return ended.answer["result"]


def refused(ended: Ended) -> str:
    """The error that stopped the attack: the exception's type and text."""
    assert ended.code == "ok", ended
    assert ended.answer is not None
    assert "error" in ended.answer, f"the attack succeeded: {ended.answer}"
    error = ended.answer["error"]
    assert isinstance(error, dict)
    return f"{error['type']}: {error['message']}"


# Breaches: one wall out, and the expectation with it.


def without(*walls: str, **expect: object) -> Breach:
    """Steps of bubblewrap out; `expect` as `Expect` has it."""

    def breach(plan: Plan) -> Plan:
        return replace(plan.without(*walls), expect=replace(plan.expect, **expect))

    return breach


def no_seccomp(plan: Plan) -> Plan:
    """No system call filter."""
    if plan.cell == "container":
        plan = changed(seccomp=("--security-opt", "seccomp=unconfined"))(plan)
    setup = {k: v for k, v in plan.setup.items() if k != "seccomp"}
    return replace(plan, seccomp=None, setup=setup, expect=replace(plan.expect, seccomp=False))


def changed(**steps: tuple[str, ...]) -> Breach:
    """Steps with other arguments; a wall's name is written with underscores."""

    def breach(plan: Plan) -> Plan:
        new = {wall.replace("_", " "): arguments for wall, arguments in steps.items()}
        assert set(new) <= {s.wall for s in plan.steps}
        return replace(plan, steps=tuple(replace(s, arguments=new.get(s.wall, s.arguments)) for s in plan.steps))

    return breach


def no_landlock(plan: Plan) -> Plan:
    """No Landlock."""
    return replace(plan, setup=dict(plan.setup) | {"landlock": None})


def limits_off(*names: str) -> Breach:
    """The named rlimits are not set, and the parent's own bounds are as wide as they can be."""

    def breach(plan: Plan) -> Plan:
        rlimits = {k: v for k, v in dict(plan.setup["limits"]).items() if k not in names}  # type: ignore[call-overload]
        return replace(plan, setup=dict(plan.setup) | {"limits": rlimits})

    return breach


def both(*breaches: Breach) -> Breach:
    """Several walls out."""

    def breach(plan: Plan) -> Plan:
        for one in breaches:
            plan = one(plan)
        return plan

    return breach


def profile_limits(**limits: int | None) -> Breach:
    """The parent's bounds for this call changed after planning."""

    def breach(plan: Plan) -> Plan:
        wide: Limits = replace(plan.profile.limits, **limits)
        return replace(plan, profile=replace(plan.profile, limits=wide))

    return breach
