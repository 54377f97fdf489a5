"""What the advisories on this machine say of pinned packages, as findings."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path

from ringfence.advisories import snapshot
from ringfence.advisories.feed import Answer
from ringfence.advisories.finding import DependencyFinding
from ringfence.advisories.match import Match, matches
from ringfence.advisories.pins import Pin
from ringfence.advisories.ranges import Verdict
from ringfence.advisories.snapshot import Header, Snapshot
from ringfence.controls.control import Severity


def held_against(
    places: Sequence[tuple[str, Pin]], *, data: Path | None, now: datetime | None, answers: Mapping[str, Answer]
) -> tuple[list[DependencyFinding], list[str]]:
    """(findings, warnings) of pins and the locks they stand in, by the advisories in `data` and by the index's answers.

    Raises ConfigError for data that cannot be read.
    """
    found: list[DependencyFinding] = []
    with Snapshot.open(data) if data else nullcontext() as held:
        for path, pin in places:
            entries = held.entries(pin.name) if held else []
            if answer := answers.get(pin.called):
                entries = [*entries, *answer.entries]
                found.extend(_yanked(path, pin, answer))
            found.extend(one for match in matches(pin.version, entries) for one in _findings(path, pin, match))
        return found, list(warnings(held.header, now or snapshot.now())) if held else []


def _yanked(path: str, pin: Pin, answer: Answer) -> Iterator[DependencyFinding]:
    if answer.yanked is not None:
        reason = f": {answer.yanked}" if answer.yanked else ", without a reason"
        yield DependencyFinding(
            rule="yanked-dependency",
            severity=Severity.MEDIUM,
            path=path,
            line=pin.line,
            message=f"{pin.called} was taken back by its author{reason}",
            hint="pin another version",
            package=pin.called,
            ids=(),
        )


def warnings(header: Header, now: datetime) -> Iterator[str]:
    """What has to be said of the data themselves."""
    age = header.age(now)
    if age > snapshot.MAX_AGE:
        yield f"the advisories are {said(age)} old: `ringfence advisories update` fetches new ones"
    if header.unread:
        yield f"{header.unread} of the advisories' records could not be understood and were left out"


def said(age: timedelta) -> str:
    """An age in words."""
    hours = int(age.total_seconds() // 3600)
    return f"{hours // 24} days" if hours >= 48 else f"{hours} hours"


def _findings(path: str, pin: Pin, match: Match) -> Iterator[DependencyFinding]:
    name, *others = match.ids
    also = f" ({', '.join(others[:4])})" if others else ""
    about = f": {match.summary}" if match.summary else ""
    if match.malicious and match.verdict is Verdict.AFFECTED:
        rule, severity = "malicious-package", Severity.CRITICAL
        message = f"{pin.called} is on record as malicious, {name}{also}{about}"
        hint = "do not install it; where it was installed, take every secret of that machine as known to others"
    elif match.verdict is Verdict.AFFECTED:
        rule, severity = "known-vulnerability", _severity(match)
        message = f"{pin.called} has {name}{also}, {_rated(match)}{about}"
        hint = f"{match.fixed} fixes it" if match.fixed else "no version that fixes it is known"
    else:
        rule, severity = "unjudged-advisory", Severity.HIGH if match.malicious else Severity.MEDIUM
        message = f"whether {name}{also} covers {pin.called} cannot be told from its ranges{about}"
        hint = "read the advisory" if pin.version else "pin a version"
    yield DependencyFinding(
        rule=rule,
        severity=severity,
        path=path,
        line=pin.line,
        message=message,
        hint=hint,
        package=pin.called,
        ids=match.ids,
    )


def _severity(match: Match) -> Severity:
    """That of the advisory; high where it gives none, for most that give none were never looked at."""
    return Severity(match.rating) if match.rating else Severity.HIGH


def _rated(match: Match) -> str:
    if not match.rating:
        return "whose severity nobody gave"
    return f"{match.rating} ({match.score:g})" if match.score else match.rating
