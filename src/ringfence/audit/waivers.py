"""Accepted insecurity: comments beside what they accept, and entries of the configuration.

    # ringfence: allow published-ports until=2027-01-31 reason="the reverse proxy is public"

on the line itself, or above it with nothing but comments between. A waiver without a reason, past its date, of an
unknown control, or that waives nothing is a finding of its own, and waives nothing.
"""

import re
from collections.abc import Iterator
from datetime import date

from ringfence.audit.finding import Waiver
from ringfence.audit.gitignore import matches
from ringfence.controls import CATALOGUE
from ringfence.controls.control import Severity
from ringfence.dataclasses import dataclass
from ringfence.formats.document import Place

_MARK = "ringfence:"
_COMMENT = re.compile(r"(?:#|//|--|/\*|<!--|;|%)\s*ringfence:\s*allow\b")
_LONGEST = 1000
_WORD = re.compile(r"""(?P<key>until|reason)=(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))|(?P<id>[A-Za-z0-9-]+),?""")
_ONLY_COMMENT = re.compile(r"\s*(?:#|//|--|/\*|<!--|;|%)")

#: Faults of waivers themselves: id -> title and severity. They are no controls, and cannot be waived.
FAULTS: dict[str, tuple[str, Severity]] = {
    "waiver-expired": ("A waiver's time is over", Severity.MEDIUM),
    "waiver-reason": ("A waiver says why", Severity.MEDIUM),
    "waiver-unknown": ("A waiver names a control", Severity.MEDIUM),
    "waiver-unused": ("A waiver waives something", Severity.LOW),
}


@dataclass(slots=True)
class Comment:
    """A waiver in a file. `line` is the one it is about; `fault` is what is wrong with it: an id of FAULTS, and words.

    `used` grows with the controls that it covered something of.
    """

    ids: tuple[str, ...]
    reason: str
    until: date | None
    line: int
    place: Place
    fault: tuple[str, str] | None
    used: set[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A waiver of the configuration. `path` is a glob; `subject` "" is every one."""

    control: str
    path: str
    subject: str
    reason: str
    until: date | None


def comments(text: str, file: str, today: date) -> list[Comment]:
    """The waivers of a text."""
    if _MARK not in text:
        return []
    lines = text.split("\n")
    behind = _behind_comments(lines)
    return [
        found
        for number, line in enumerate(lines, 1)
        if _MARK in line
        for found in _read(line, number, behind[number], file, today)
    ]


def _behind_comments(lines: list[str]) -> list[int]:
    """For each line, counted from 1, and the place behind the last: the first line from there that is no comment."""
    found = list(range(len(lines) + 2))
    for number in range(len(lines), 0, -1):
        if _ONLY_COMMENT.match(lines[number - 1]):
            found[number] = found[number + 1]
    return found


def _read(line: str, number: int, behind: int, file: str, today: date) -> Iterator[Comment]:
    match = _COMMENT.search(line)
    if match is None:
        return
    rest = line[match.end() :].rstrip().removesuffix("*/").removesuffix("-->")
    ids, said = _words(rest[:_LONGEST])
    end = len(line.rstrip("\r")) + 1
    place = Place(file=file, line=number, column=match.start() + 1, end_line=number, end_column=end)
    about = number if line[: match.start()].strip() else behind
    until, fault = _until(said.get("until"), today)
    reason = said.get("reason", "").strip()
    unknown = [id for id in ids if id not in CATALOGUE]
    if not ids or unknown:
        fault = ("waiver-unknown", f"there is no control {unknown[0]!r}" if unknown else "it names no control")
    elif not reason:
        fault = ("waiver-reason", 'it gives no reason: add reason="…"')
    yield Comment(ids=ids, reason=reason, until=until, line=about, place=place, fault=fault, used=set())


def _words(rest: str) -> tuple[tuple[str, ...], dict[str, str]]:
    ids, said = list[str](), dict[str, str]()
    for word in _WORD.finditer(rest):
        if word["id"]:
            ids.append(word["id"])
        else:
            said[word["key"]] = word["quoted"] if word["quoted"] is not None else word["bare"]
    return tuple(ids), said


def _until(said: str | None, today: date) -> tuple[date | None, tuple[str, str] | None]:
    if said is None:
        return None, None
    try:
        until = date.fromisoformat(said)
    except ValueError:
        return None, ("waiver-expired", f"until={said} is no date: write YEAR-MONTH-DAY")
    return until, None if today <= until else ("waiver-expired", f"it ended on {until}")


def of_comment(found: list[Comment], control: str, line: int) -> Waiver | None:
    """The waiver by comment that covers a finding of a control at a line; it then counts as used."""
    for one in found:
        if one.line == line and control in one.ids:
            one.used.add(control)
            if one.fault is None:
                return Waiver(control=control, reason=one.reason, until=one.until, place=one.place)
    return None


def of_entry(entries: tuple[Entry, ...], control: str, file: str, subject: str, today: date) -> Waiver | None:
    """The waiver of the configuration that covers a finding."""
    for one in entries:
        named = one.control == control and one.subject in ("", subject) and matches(one.path, file)
        if named and (one.until is None or today <= one.until):
            return Waiver(control=control, reason=one.reason, until=one.until, place=None)
    return None
