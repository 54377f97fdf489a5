"""The way of one call: grant, schema, profile, cell, guest, outcome, journal.

A record is on disk before the plugin runs and another before the caller sees the answer. Where
the journal cannot be written nothing runs.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence import strictjson
from ringfence.cells import pool as cells
from ringfence.cells.made import Ended, MadeCell
from ringfence.dataclasses import replace
from ringfence.errors import (
    Cancelled,
    Defect,
    InvalidArguments,
    JournalUnavailable,
    RingfenceError,
    SandboxUnavailable,
    UsageError,
)
from ringfence.gate import envelope, paths, records
from ringfence.gate import profile as profiles
from ringfence.gate.call import Caller, Request, Target, this_process
from ringfence.gate.config import Config
from ringfence.gate.config import load as load_config
from ringfence.gate.envelope import Envelope
from ringfence.gate.grants import Grant
from ringfence.gate.hidden import hide
from ringfence.gate.message import message
from ringfence.gate.outcome import Outcome, judge
from ringfence.gate.redact import Redactor
from ringfence.gate.secretsource import fetch
from ringfence.gate.state import ready_state, state_dir
from ringfence.gate.targets import Targets
from ringfence.journal import Journal
from ringfence.model import Workload
from ringfence.plugins.validator import SchemaValidator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringfence.cells.relay import Resolver
    from ringfence.plugins.violation import Violation

#: Arguments larger than this are refused unread.
ARGUMENT_LIMITS = strictjson.JsonLimits(max_bytes=4 * 1024 * 1024, max_depth=64)

_MOST_SETTLED = 256


class Gate:
    """Calls granted methods of plugins, each in a cell of its own.

        with Gate() as gate:
            answer = gate.call("text-report", "build", {"title": "May"})
            print(answer.body["data"])

    `config` is a path (default: found as the command line finds it), `cell` a kind of cell (default: what the grant
    names, else `otherwise`), `runtime` an OCI runtime for container cells, `ready` how many cells of each profile wait
    ahead; `validator` may be one that was started earlier.
    Thread-safe; a thread that calls must outlive its call.
    """

    def __init__(
        self,
        config: str | Path | Config | None = None,
        *,
        cell: str | None = None,
        otherwise: str = "bubblewrap",
        runtime: str | None = None,
        ready: int = 0,
        resolver: "Resolver | None" = None,
        validator: SchemaValidator | None = None,
    ) -> None:
        if (wanted := cell or otherwise) not in cells.KINDS:
            raise UsageError(f"there is no cell {wanted!r}", hint=f"choose from {', '.join(cells.KINDS)}")
        self._validator = validator or SchemaValidator()
        self._validator.start()
        self._config = config if isinstance(config, Config) else load_config(str(config) if config else None)
        self._state = ready_state()
        self._cell = cell
        self._otherwise = otherwise
        self._runtime = runtime
        self._ready = ready
        self._resolver = resolver
        self._targets = Targets(self._config, self._state)
        self._private = paths.private(self._state, self._config.journal, self._config.file)
        self._lock = threading.Lock()
        self._journal: Journal | None = None
        self._pools: dict[str, cells.Pool] = {}
        #: Profiles follow from nothing but target and grant, so they are settled once.
        self._settled: dict[tuple[str, Path, int], tuple[Grant | None, Workload]] = {}

    def __enter__(self) -> "Gate":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def allows_unexamined(self) -> bool:
        """Whether the configuration gives up that every container cell is examined from outside."""
        return self._config.container is not None and self._config.container.allow_unexamined_runtime

    def close(self) -> None:
        """End every waiting cell and close the journal."""
        for pool in self._pools.values():
            pool.close()
        self._validator.close()
        if self._journal is not None:
            self._journal.close()

    def call(
        self,
        plugin: str,
        method: str,
        arguments: Mapping[str, object] | str | bytes = b"{}",
        *,
        caller: Caller | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Envelope:
        """Call one granted method; every failure is an envelope, none an exception."""
        caller = caller or this_process("api")
        try:
            request = Request(plugin=plugin, method=method, arguments=_as_json(arguments), caller=caller)
            if not isinstance(plugin, str) or not isinstance(method, str):
                raise InvalidArguments("the plugin and the method must be strings")
        except InvalidArguments as error:
            return self.refuse(Request(plugin=str(plugin), method=str(method), arguments=b"", caller=caller), error)
        return self.answer(request, self.find, cancelled)

    def find(self, plugin: str, method: str) -> Target:
        """The granted method of that name. Raises NotGranted, PluginChanged, InvalidPlugin."""
        return self._targets.find(plugin, method)

    def answer(
        self,
        request: Request,
        find: Callable[[str, str], Target],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Envelope:
        """Answer a request whose target `find` resolves (the older form has a `find` of its own)."""
        try:
            self._open_journal()
            return self._call(request, find(request.plugin, request.method), cancelled)
        except JournalUnavailable as error:
            return envelope.refusal(request.id, error)
        except RingfenceError as error:
            return self.refuse(request, error)
        except Exception as error:  # a defect of ours is an answer too, and on record
            return self.refuse(request, as_defect(error))

    def refuse(self, request: Request, error: RingfenceError) -> Envelope:
        """Put a refusal on record and answer with it."""
        try:
            self._open_journal().append(records.refusal(request, error))
        except RingfenceError as unrecorded:
            return envelope.refusal(request.id, unrecorded)
        return envelope.refusal(request.id, error)

    def profile(self, plugin: str, method: str) -> Workload:
        """The isolation that a call would run in. Raises what would refuse it."""
        return self._profile(self._targets.find(plugin, method))

    def plan(self, plugin: str, method: str) -> object:
        """The plan of the cell that a call would run in: data, nothing is started."""
        target = self._targets.find(plugin, method)
        return self._open_pool(self._kind(target)).plan(self._profile(target))

    def _open_journal(self) -> Journal:
        with self._lock:
            if self._journal is None:
                self._journal = self._config.open_journal()
            return self._journal

    def _kind(self, target: Target) -> str:
        """The kind of cell for a call: as named for all, else as granted. There is no falling back to another."""
        return self._cell or (target.grant.cell if target.grant else None) or self._otherwise

    def _open_pool(self, kind: str) -> cells.Pool:
        with self._lock:
            pool = self._pools.get(kind)
            if pool is None:
                settings = self._config.container
                if self._runtime:
                    from ringfence.cells.containersettings import Settings

                    settings = replace(settings or Settings(), runtime=self._runtime)
                pool = cells.Pool(self._state / "runtime", kind, ready=self._ready, settings=settings)
                self._pools[kind] = pool
            return pool

    def _profile(self, target: Target) -> Workload:
        key = (target.plugin, target.code, target.timeout_ms)
        known = self._settled.get(key)
        if known is None or known[0] is not target.grant:
            drafted = profiles.draft(target.plugin, str(target.code), target.grant, timeout_ms=target.timeout_ms)
            if len(self._settled) >= _MOST_SETTLED:
                self._settled.clear()
            known = self._settled[key] = (target.grant, profiles.settle(drafted))
        paths.check(known[1].mounts, self._private)  # what the paths lead to may change between two calls
        return known[1]

    def _call(self, request: Request, target: Target, cancelled: Callable[[], bool]) -> Envelope:
        started = time.monotonic()
        arguments = self._arguments(request, target)
        settled = self._profile(target)
        secrets = fetch(target.grant.secrets) if target.grant else {}
        redactor = Redactor(secrets)
        kind = self._kind(target)
        cell = self._take(settled, kind)
        made = time.monotonic()
        durations = {"total": 0, "cell": int((made - started) * 1e6), "call": 0, "end": 0}
        journal = self._open_journal()
        try:
            isolation = self._isolation(cell, kind)
            hidden = hide(redactor.value(arguments), target.arguments)
            journal.append(records.call(request, target, hidden, isolation))
        except BaseException:
            cell.destroy()
            raise
        try:
            outcome = self._come_to_an_end(
                cell, lambda: self._take(settled, kind), target, arguments, secrets, redactor, cancelled, durations
            )
        except BaseException:  # the caller's own program is being stopped
            outcome = Outcome(code=Cancelled.code, error="the call was interrupted")
            raise
        finally:
            durations["total"] = int((time.monotonic() - started) * 1e6)
            journal.append(records.outcome(request, target, hidden, isolation, outcome, durations))
        self._open_pool(kind).refill()
        return _envelope(request, target, outcome, isolation, durations)

    def _come_to_an_end(
        self,
        cell: MadeCell,
        another: Callable[[], MadeCell],
        target: Target,
        arguments: object,
        secrets: Mapping[str, bytes],
        redactor: Redactor,
        cancelled: Callable[[], bool],
        durations: dict[str, int],
    ) -> Outcome:
        """What came of a call that is on record: from here on a defect of ours is an outcome too."""
        try:
            try:
                ended, turned_away = self._run(cell, target, arguments, secrets, cancelled)
                if ended.unheard:  # killed between its examination and the call: no plugin's fault, and none has run
                    cell.destroy()
                    cell = another()
                    ended, turned_away = self._run(cell, target, arguments, secrets, cancelled)
                durations |= {"call": ended.call_us, "end": ended.end_us}
                outcome = self._check_result(judge(ended, cell.plan.profile.limits, redactor), target)
            finally:
                cell.destroy()
            return replace(outcome, network_refused=tuple(redactor.text(reason) for reason in turned_away))
        except RingfenceError as error:
            details = redactor.value(error.details)
            return Outcome(code=error.code, error=redactor.text(error.message), details=details, fault=error)
        except Exception as error:
            defect = as_defect(error)
            return Outcome(code=defect.code, error=defect.message, fault=defect)

    def _isolation(self, cell: MadeCell, kind: str) -> dict[str, object]:
        missing = _unenforced(kind)
        return cell.isolation | ({"not_enforced": missing} if missing else {})

    def _take(self, settled: Workload, kind: str) -> MadeCell:
        """A cell; only the subprocess cell, which is never chosen but by name, may leave fields unenforced."""
        missing = _unenforced(kind)
        if missing and kind != "subprocess":
            raise SandboxUnavailable(f"the {kind} cell does not enforce: {', '.join(missing)}")
        return self._open_pool(kind).take(settled)

    def _arguments(self, request: Request, target: Target) -> object:
        try:
            arguments = strictjson.loads(request.arguments, limits=ARGUMENT_LIMITS)
        except strictjson.StrictJsonError as error:
            raise InvalidArguments(f"the arguments are not good JSON: {error.message}") from error
        if not isinstance(arguments, dict):
            raise InvalidArguments("the arguments must be a JSON object")
        if target.arguments is not None:
            violations = self._validator.validate(target.arguments, arguments)
            if violations:
                violations = list(map(hide(arguments, target.arguments).violation, violations))
                raise InvalidArguments(
                    f"the arguments of {target.method} do not fit: {violations[0]}",
                    details=_plain(violations),
                )
        return arguments

    def _check_result(self, outcome: Outcome, target: Target) -> Outcome:
        if outcome.code != "ok" or target.result is None:
            return outcome
        violations = self._validator.validate(target.result, outcome.result)
        if not violations:
            return outcome
        return Outcome(
            code="invalid-result",
            error=f"the result of {target.method} does not fit its schema: {violations[0]}",
            details=_plain(violations),
            output=outcome.output,
        )

    def _run(
        self,
        cell: MadeCell,
        target: Target,
        arguments: object,
        secrets: Mapping[str, bytes],
        cancelled: Callable[[], bool],
    ) -> tuple[Ended, list[str]]:
        """What came of it, and which connections of the plugin were refused."""
        assert isinstance(arguments, dict)  # noqa: S101  # checked in _arguments
        args = arguments.get("args", []) if target.positional else []
        kwargs = arguments.get("kwargs", {}) if target.positional else arguments
        request = message(cell, (target.module, target.class_name), target.method, args, kwargs, secrets)
        turned_away: list[str] = []
        with contextlib.ExitStack() as stack:
            if cell.listeners:
                from ringfence.cells import relay

                destinations = cell.plan.profile.network.destinations
                way_out = relay.Relay(cell.listeners, destinations, self._resolver or relay.resolve)
                turned_away = way_out.refusals
                stack.callback(way_out.close)
            return cell.call(request, cancelled=cancelled), turned_away


def _as_json(arguments: object) -> bytes:
    """Arguments of a caller in this process as JSON text. Raises InvalidArguments."""
    if isinstance(arguments, bytes | bytearray | memoryview):
        return bytes(arguments)
    if isinstance(arguments, str):
        return arguments.encode("utf-8", "surrogatepass")
    if not isinstance(arguments, Mapping):
        raise InvalidArguments(f"the arguments must be a mapping or JSON text, not {type(arguments).__name__}")
    try:
        return strictjson.dumps(dict(arguments)).encode()
    except strictjson.StrictJsonError as error:
        raise InvalidArguments(f"the arguments {error.message}") from error


def refuse_without_gate(request: Request, error: RingfenceError) -> Envelope:
    """The answer where not even a gate could be made (a configuration that is wrong), on record all the same."""
    try:
        with Journal.open(state_dir() / "journal") as journal:
            journal.append(records.refusal(request, error))
    except RingfenceError as unrecorded:
        return envelope.refusal(request.id, unrecorded)
    return envelope.refusal(request.id, error)


def as_defect(error: Exception) -> Defect:
    """What a user is told of an exception that nobody foresaw: its kind, as its text may hold anything."""
    if os.environ.get("RINGFENCE_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return Defect(f"defect of Ringfence: {type(error).__name__}")


def _plain(violations: "Sequence[Violation]") -> list[dict[str, object]]:
    from dataclasses import asdict

    return [asdict(violation) for violation in violations]


def _unenforced(kind: str) -> list[str]:
    """What controls guard and a kind of cell does not enforce."""
    from ringfence.controls import GUARDED

    return sorted(GUARDED - cells.KINDS[kind])


def _envelope(
    request: Request,
    target: Target,
    outcome: Outcome,
    isolation: Mapping[str, object],
    durations: Mapping[str, int],
) -> Envelope:
    about: dict[str, object] = {
        "output": outcome.output,
        "plugin": target.plugin,
        "plugin_version": target.version,
        "method": target.method,
        "isolation": dict(isolation),
        "duration_us": dict(durations),
    }
    if outcome.network_refused:
        about["network_refused"] = list(outcome.network_refused)
    if outcome.code == "ok":
        return envelope.success(request.id, {"result": outcome.result} | about)
    fault = outcome.fault
    return envelope.failure(
        request.id,
        outcome.code,
        outcome.error,
        fault.exit_code if fault else envelope.outcome_exit(outcome.code),
        hint=fault.hint if fault else "",
        details=outcome.details,
        traceback=outcome.traceback,
        **about,
    )
