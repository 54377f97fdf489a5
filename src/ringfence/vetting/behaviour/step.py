"""Calls every method: with nothing granted, again, on a later day, with all that it asks for; judges what is tried."""

import time
from collections.abc import Iterator

from ringfence.errors import RingfenceError
from ringfence.plugins.manifest import MANIFEST, Method
from ringfence.vetting.behaviour.cell import Bench
from ringfence.vetting.behaviour.inputs import arguments
from ringfence.vetting.behaviour.record import LOOK_UP, Attempt, Call
from ringfence.vetting.found import Gathered, Raw
from ringfence.vetting.subject import Subject

SECONDS = 60.0
#: How far the clock is set forward: past the next years, and to another day of the week.
FORWARD = (400 * 86400.0, 3653 * 86400.0 + 43200)
_GRAVE = frozenset(["network", "process", "escape", "credential", "delete"])
_RULES = {
    "escape": "escape-attempt",
    "credential": "path-attempt",
    "path": "refused-call",
    "delete": "refused-call",
    "probe": "probes",
}
_ENDINGS = frozenset(["plugin-crashed", "timeout", "memory-limit", "cpu-limit", "output-limit", "protocol-error"])


def behaviour(gathered: Gathered, subject: Subject) -> None:
    """Everything of the step."""
    if subject.manifest is None:
        if subject.kind.value == "plugin":
            gathered.unexamined.append("no method was called: the manifest has errors")
        return
    deadline = time.monotonic() + SECONDS
    with Bench(subject.folder, subject.manifest) as bench:
        for method in subject.manifest.methods.values():
            if time.monotonic() > deadline:
                gathered.unexamined.append(f"method {method.name} was not called: the time for all was used up")
                continue
            try:
                gathered.findings += _method(gathered, bench, subject, method)
            except RingfenceError as error:
                gathered.unexamined.append(f"method {method.name} was not called: {error.message}")


def _method(gathered: Gathered, bench: Bench, subject: Subject, method: Method) -> Iterator[Raw]:
    """What stands against one method."""
    given = list(_fitting(method))
    if not given:
        gathered.unexamined.append(
            f"method {method.name} was not called: no argument that its schema allows could be made"
        )
        return
    grant = bench.grant()
    plain = bench.call(method, given[0], grant=None)
    if plain.code == "unwatched":
        gathered.unexamined.append(f"method {method.name} could not be watched: {plain.error}")
        return
    calls = [plain]
    again = bench.call(method, given[0], grant=None)
    later = [bench.call(method, given[0], grant=None, forward=one) for one in FORWARD]
    calls += [again, *(bench.call(method, one, grant=grant) for one in given[:3])]
    known = frozenset[Attempt]().union(*(one.attempts for one in calls))
    yield from _attempted(subject, method, known)
    yield from _by_date(method, plain, again, later)
    if _kinds(plain) != _kinds(again):
        said = ", ".join(sorted(_kinds(plain) ^ _kinds(again)))
        yield _raw("differs-between-runs", method, f"called twice alike, it attempts different things: {said}")
    if all("ModuleNotFoundError" in one.error or "ImportError" in one.error for one in calls):
        yield _raw("calls-fail", method, f"it cannot be called, so nothing of it was seen: {plain.error}")
    for one in calls[2:]:
        if one.code in _ENDINGS:
            yield _raw("calls-fail", method, f"a call that its schema allows ends in {one.code}")
            break


def _fitting(method: Method) -> Iterator[dict[str, object]]:
    """Arguments that the schema takes, each once."""
    from ringfence.plugins.validator import SchemaValidator

    seen = list[dict[str, object]]()
    with SchemaValidator() as validator:
        for one in arguments(method.arguments):
            if one not in seen and not validator.validate(method.arguments, one):
                seen.append(one)
                yield one


def _kinds(call: Call) -> frozenset[str]:
    return frozenset(one.kind for one in call.attempts) & _GRAVE


def _attempted(subject: Subject, method: Method, found: frozenset[Attempt]) -> Iterator[Raw]:
    assert subject.manifest is not None  # noqa: S101
    asked = subject.manifest.permissions
    for one in sorted(found, key=lambda each: (each.kind, each.what))[:50]:
        if one.kind == "network":
            if one.what == LOOK_UP and asked.network:
                continue
            said = f"it connects to {one.what}" + (", which is none of what it asks for" if asked.network else "")
            yield _raw("network-attempt" if not asked.network else "refused-call", method, said)
        elif one.kind == "process":
            if asked.processes is None:
                yield _raw("process-attempt", method, f"it starts {one.what}")
        else:
            yield _raw(_RULES[one.kind], method, _SAID[one.kind].format(one.what))


_SAID = {
    "escape": "it calls {}, which leads out of a cell",
    "credential": "it reaches for {}",
    "path": "it reaches for {}, which is not granted",
    "delete": "it tries to change {}",
    "probe": "it looks at {}",
}


def _by_date(method: Method, plain: Call, again: Call, later: list[Call]) -> Iterator[Raw]:
    """What is attempted on a later day alone."""
    today = plain.attempts | again.attempts
    for call in later:
        new = sorted(one.what for one in call.attempts - today if one.kind in _GRAVE)
        if new:
            yield _raw("differs-by-date", method, f"on a later day it attempts {', '.join(new[:4])}")
            return


def _raw(rule: str, method: Method, said: str) -> Raw:
    return Raw(rule, MANIFEST, 0, f"{method.name}: {said}")
