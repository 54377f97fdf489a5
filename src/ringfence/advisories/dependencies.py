"""`examine`: everything that can be said of a plugin's dependencies without running or installing them.

Reads local files only. Who may use a network hands in `feed`, such as `feed.ask` with an index.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ringfence.advisories import locks
from ringfence.advisories.finding import RULES, DependencyFinding, Examination
from ringfence.advisories.pins import Lock, Pin
from ringfence.controls.control import Severity
from ringfence.errors import ConfigError, InvalidPlugin

if TYPE_CHECKING:
    from datetime import datetime

    from ringfence.advisories.feed import FeedReport

    #: Asks a package index about pinned packages.
    Feed = Callable[[Iterable[Pin]], FeedReport]

_SEVERITY: dict[str, Severity] = {
    "lookalike-name": Severity.HIGH,
    "extra-index": Severity.HIGH,
    "dependency-outside-index": Severity.HIGH,
    "unpinned-dependency": Severity.HIGH,
    "unhashed-dependency": Severity.HIGH,
    "missing-lock": Severity.HIGH,
    "unreadable-lock": Severity.HIGH,
    "unlocked-package": Severity.HIGH,
    "source-only-dependency": Severity.MEDIUM,
}


def examine(
    folder: Path, *, data: Path | None, now: "datetime | None" = None, feed: "Feed | None" = None
) -> Examination:
    """Examine the plugin in `folder` against the advisories in the file `data` (None: there are none).

    Raises InvalidPlugin where the folder itself cannot be read; all else is a finding or said as unexamined.
    """
    found = locks.find(folder)
    vendored = list(locks.vendored(folder))
    unexamined: list[str] = []
    findings = [*_faults(found), *_out_of_step(found, vendored)]
    try:
        findings += _unlocked(found, locks.declared(folder), vendored)
    except InvalidPlugin as error:
        unexamined.append(error.message)
    below = list(locks.find_below(folder))
    findings += _faults(below)
    found += below
    places = [(lock.path, pin) for lock in found for pin in lock.pins] + [("vendor", pin) for pin in vendored]
    return _judged(places, found, findings, unexamined, data, now, feed)


def examine_lock(
    path: Path, *, data: Path | None, now: "datetime | None" = None, feed: "Feed | None" = None
) -> Examination:
    """The same for one lock or requirements file. Raises InvalidPlugin where it cannot be read."""
    lock = locks.read_file(path)
    return _judged([(lock.path, pin) for pin in lock.pins], [lock], _faults([lock]), [], data, now, feed)


def _judged(
    places: list[tuple[str, Pin]],
    found: Sequence[Lock],
    findings: list[DependencyFinding],
    unexamined: list[str],
    data: Path | None,
    now: "datetime | None",
    feed: "Feed | None",
) -> Examination:
    from ringfence.advisories.known import held_against

    findings.extend(_lookalikes(places))
    report = feed(pin for _, pin in places) if feed else None
    answers = report.answers if report else {}
    if report and report.unanswered:
        unexamined.append(report.unanswered)
    warnings: list[str] = []
    missing = "there are none on this machine (`ringfence advisories update` fetches them)" if data is None else ""
    try:
        known, warnings = held_against(places, data=data, now=now, answers=answers)
    except ConfigError as error:
        missing = error.message
        known, _ = held_against(places, data=None, now=now, answers=answers)
    findings.extend(known)
    if missing and (left := {pin.called for _, pin in places} - set(answers)):
        were = "1 package was" if len(left) == 1 else f"{len(left)} packages were"
        unexamined.append(f"{were} not held against advisories: {missing}")
    order = list(RULES)
    findings.sort(key=lambda one: (order.index(one.rule), one.path, one.line, one.message))
    return Examination(
        findings=tuple(findings), unexamined=tuple(unexamined), warnings=tuple(warnings), locks=tuple(found)
    )


def _lookalikes(places: list[tuple[str, Pin]]) -> Iterator[DependencyFinding]:
    from ringfence.advisories.names import lookalike

    for path, pin in places:
        if found := lookalike(pin.name):
            message = f"{pin.name} is confusingly like {found.popular}: {found.trick}"
            hint = f"if {found.popular} is meant, name it; if not, a person has to say so"
            yield _finding("lookalike-name", path, pin.line, message, hint, pin.name)


def _faults(found: Sequence[Lock]) -> list[DependencyFinding]:
    return [
        _finding(fault.rule, lock.path, fault.line, fault.message, fault.hint, fault.package)
        for lock in found
        for fault in lock.faults
    ]


def _out_of_step(found: Sequence[Lock], vendored: Sequence[Pin]) -> Iterator[DependencyFinding]:
    """Packages in `vendor/` that no lock names so."""
    locked = {(pin.name, pin.version) for lock in found for pin in lock.pins if lock.kind != "wishes"}
    for pin in vendored:
        if (pin.name, pin.version) not in locked:
            message = f"vendor/ holds {pin.called}, which no lock names"
            hint = "`ringfence plugin vendor` fills vendor/ from the lock"
            yield _finding("unlocked-package", "vendor", 0, message, hint, pin.called)


def _unlocked(found: Sequence[Lock], wanted: Sequence[str], vendored: Sequence[Pin]) -> Iterator[DependencyFinding]:
    """Names of `pyproject.toml` that no lock pins."""
    locked = {pin.name for lock in found for pin in lock.pins if lock.kind != "wishes"}
    locked |= {pin.name for pin in vendored}
    for name in wanted:
        if name not in locked:
            message = f"pyproject.toml asks for {name}, which no lock pins"
            hint = "write pylock.toml or requirements.lock, with hashes"
            yield _finding("missing-lock", "pyproject.toml", 0, message, hint, name)


def _finding(rule: str, path: str, line: int, message: str, hint: str, package: str) -> DependencyFinding:
    return DependencyFinding(
        rule=rule,
        severity=_SEVERITY[rule],
        path=path,
        line=line,
        message=message,
        hint=hint,
        package=package,
        ids=(),
    )
