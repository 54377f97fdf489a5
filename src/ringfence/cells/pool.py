"""Cells made ready ahead, each used once.

A `Pool` serves profiles, each by its own plan; `take` gives a cell that nobody used before. The
one thread that makes cells ahead lives as long as the pool, because the kernel ties a cell's life
to the thread that started it.
"""

import collections
import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.cells import bubblewrap, cgroup, machine, runtime
from ringfence.cells.made import MadeCell
from ringfence.cells.plan import Plan
from ringfence.errors import SandboxUnavailable
from ringfence.model import Workload

if TYPE_CHECKING:
    from ringfence.cells.containerengine import Engine
    from ringfence.cells.containersettings import Settings
    from ringfence.cells.prefork import Maker

#: Every kind of cell: name to what it enforces.
KINDS: dict[str, frozenset[str]] = {
    "bubblewrap": bubblewrap.ENFORCES,
    "prefork": bubblewrap.ENFORCES,
    "container": bubblewrap.ENFORCES,
    "subprocess": frozenset(p for p in bubblewrap.ENFORCES if p.startswith("limits.") and "scratch" not in p),
}

_PROFILES_MAX = 16
_IDLE_SECONDS = 60.0
_RETRY_SECONDS = 1.0


class Pool:
    """Makes cells of one kind. `ready` cells of each profile in use are kept waiting (0: none).

    `settings` choose the engine of container cells.
    """

    def __init__(
        self, store: Path, kind: str = bubblewrap.NAME, *, ready: int = 0, settings: "Settings | None" = None
    ) -> None:
        self._kind = kind
        self._ready = ready
        self._accountant = cgroup.find()
        self._runtime = runtime.ensure(store)
        self._store = store
        self._program = machine.bubblewrap() if kind in ("bubblewrap", "prefork") else None
        self._engine = _engine(settings, self._runtime, store) if kind == "container" else None
        if self._program is not None and (ready or self._accountant.swept):
            from ringfence.cells import orphans

            orphans.sweep(store, self._program)
        self._lock = threading.Lock()
        self._work = threading.Condition(self._lock)
        self._shelves: collections.OrderedDict[Workload, _Shelf] = collections.OrderedDict()
        self._closed = False
        self._thread: threading.Thread | None = None
        if ready or kind == "prefork":
            self._thread = threading.Thread(target=self._keep, name="ringfence-pool", daemon=True)
            self._thread.start()

    def plan(self, profile: Workload) -> Plan:
        """What a cell for this profile would be. Raises SandboxUnavailable."""
        grouped = self._accountant.kind != cgroup.ProcTree.kind
        planned = _planner(self._kind)(profile, self._runtime, group_limits=grouped)
        if self._engine is not None and self._engine.own_kernel:
            from ringfence.cells import containerkernel

            return containerkernel.adapted(planned, self._engine.runtime)
        return planned

    def take(self, profile: Workload) -> MadeCell:
        """A fresh cell for one call: a waiting one where there is one. Raises SandboxUnavailable.

        The caller's thread must outlive the call.
        """
        with self._lock:
            shelf = self._shelf(profile)
            cell = shelf.pop()
            if not shelf.cells:
                self._work.notify_all()
        if cell is not None:
            return cell
        with _explained():
            if self._kind == "prefork":
                return self._forked(shelf)
            return self._make_alone(shelf.plan)

    def refill(self) -> None:
        """Make up for the cells that were taken: now, and not while a call needs the processor."""
        with self._lock:
            self._work.notify_all()

    def close(self) -> None:
        """End every waiting cell and every maker."""
        with self._lock:
            self._closed = True
            self._work.notify_all()
        if self._thread is not None:
            self._thread.join()
        for shelf in self._shelves.values():
            shelf.clear()
        if self._engine is not None:
            with contextlib.suppress(SandboxUnavailable):  # gone: what is left of ours is removed at the next start
                self._engine.sweep(orphans=False)
            self._engine.close()

    def _shelf(self, profile: Workload) -> "_Shelf":
        shelf = self._shelves.get(profile)
        if shelf is None:
            shelf = self._shelves[profile] = _Shelf(self.plan(profile))
        self._shelves.move_to_end(profile)
        shelf.used = time.monotonic()
        return shelf

    def _forked(self, shelf: "_Shelf") -> MadeCell:
        """A new cell of the shelf's maker; of the next one, once, where the maker was killed under it."""
        maker = self._maker(shelf)
        try:
            return maker.make()
        except SandboxUnavailable:
            if not maker.ended():
                raise
        return self._maker(shelf).make()

    def _maker(self, shelf: "_Shelf") -> "Maker":
        """The shelf's maker, once the pool's thread has started it."""
        with self._lock:
            while not (shelf.maker is not None and shelf.maker.alive()):
                if self._closed:
                    raise SandboxUnavailable("the pool of cells is closed")
                if shelf.fault is not None:
                    fault, shelf.fault = shelf.fault, None
                    raise fault
                shelf.wanted, shelf.retry_at = True, 0.0
                self._work.notify_all()
                self._work.wait()
            return shelf.maker

    def _make_alone(self, planned: Plan) -> MadeCell:
        if self._kind == "subprocess":
            from ringfence.cells import unisolated

            return unisolated.make(planned, self._runtime, self._accountant)
        if self._engine is not None:
            from ringfence.cells import container

            return container.make(planned, self._engine, self._store, warm=self._ready > 0)
        assert self._program is not None  # noqa: S101  # only other kinds do without
        return bubblewrap.make(planned, self._program, self._accountant)

    def _keep(self) -> None:
        """The pool's thread: start makers, fill shelves, clear those that are out of use."""
        while True:
            with self._lock:
                if self._closed:
                    return
                job = self._next_job()
                if job is None:
                    self._work.wait(_RETRY_SECONDS)
                    job = None if self._closed else self._next_job()
            if job is not None:
                self._do(job)
            self._clear_idle()

    def _next_job(self) -> "_Shelf | None":
        now = time.monotonic()
        for shelf in reversed(self._shelves.values()):
            if shelf.retry_at <= now and (shelf.wanted or len(shelf.cells) < self._ready):
                return shelf
        return None

    def _do(self, shelf: "_Shelf") -> None:
        try:
            with _explained():
                self._stock(shelf)
        except SandboxUnavailable as error:
            with self._lock:
                shelf.fault = error
                shelf.wanted = False
                shelf.retry_at = time.monotonic() + _RETRY_SECONDS
                self._work.notify_all()

    def _stock(self, shelf: "_Shelf") -> None:
        """One step towards a full shelf: its maker, or one more cell."""
        if self._kind == "prefork" and (shelf.maker is None or not shelf.maker.alive()):
            assert self._program is not None  # noqa: S101
            from ringfence.cells import prefork

            maker = prefork.Maker(shelf.plan, self._program, self._accountant)
            with self._lock:
                shelf.replace_maker(maker)
                self._work.notify_all()
            return
        try:
            cell = shelf.maker.make() if shelf.maker is not None else self._make_alone(shelf.plan)
        except SandboxUnavailable:
            if shelf.maker is not None and shelf.maker.ended():
                return  # killed: that says nothing of the next one, which the next step makes
            raise
        with self._lock:
            shelf.cells.append(cell)

    def _clear_idle(self) -> None:
        limit = time.monotonic() - _IDLE_SECONDS
        with self._lock:
            free = [p for p, s in self._shelves.items() if not s.busy()]
            old = [p for p in free if self._shelves[p].used < limit]
            excess = max(len(self._shelves) - _PROFILES_MAX, 0)
            gone = [self._shelves.pop(p) for p in dict.fromkeys([*old, *free[:excess]])]
        for shelf in gone:
            shelf.clear()


def _planner(kind: str) -> Callable[..., Plan]:
    """The `plan` of a kind; a one-shot call loads only its own."""
    if kind == "bubblewrap":
        return bubblewrap.plan
    if kind == "container":
        from ringfence.cells import container

        return container.plan
    from ringfence.cells import prefork, unisolated

    return prefork.plan if kind == "prefork" else unisolated.plan


def _engine(settings: "Settings | None", root: runtime.Runtime, store: Path) -> "Engine":
    """The engine, and nothing left in it of processes that were killed."""
    from ringfence.cells.containerdoor import sweep
    from ringfence.cells.containerengine import Engine
    from ringfence.cells.containersettings import Settings

    engine = Engine(settings or Settings(), root, store)
    engine.sweep(orphans=True)
    sweep(store)
    return engine


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """What was killed while it was made is a cell that could not be had, not a defect."""
    try:
        yield
    except OSError as error:
        raise SandboxUnavailable(f"the cell could not be made: {error}") from error


class _Shelf:
    """The waiting cells of one profile."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.cells: collections.deque[MadeCell] = collections.deque()
        self.maker: Maker | None = None
        self.wanted = False
        self.fault: SandboxUnavailable | None = None
        self.retry_at = 0.0
        self.used = time.monotonic()

    def pop(self) -> MadeCell | None:
        """The oldest cell that still stands."""
        while self.cells:
            cell = self.cells.popleft()
            if cell.alive():
                return cell
            cell.destroy()
        return None

    def busy(self) -> bool:
        """Whether somebody waits for the maker, or a cell of it is in use: then it must stay."""
        return self.wanted or (self.maker is not None and self.maker.living() > len(self.cells))

    def replace_maker(self, maker: "Maker") -> None:
        """Put a new maker in the place of one that died."""
        if self.maker is not None:
            self.maker.close()
        self.maker = maker
        self.wanted = False

    def clear(self) -> None:
        """End all cells and the maker."""
        while self.cells:
            with contextlib.suppress(OSError):
                self.cells.popleft().destroy()
        if self.maker is not None:
            self.maker.close()
            self.maker = None
